"""The plain-words check of official texts: for whom it is readable, which words are hard, and what to say instead.

It informs and never blocks. Pure: no database, no network, the same answer for the same text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import pyphen

from words.jargon import JARGON
from words.text import clean_text

LONGEST = 50_000  # characters that are looked at; an answer is never that long
AIM = 11  # years: the age that official texts should not ask for more than
YOUNGEST, OLDEST = 5, 22
_MOST_HARD_WORDS = 50

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_BULLET = re.compile(r"^[ \t]*(?:[-*•+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]{0,3}(?=\s|$)|\n\s*\n|\n(?=•)")
_NOT_AN_END = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|Nos|vs|etc|e\.g|i\.e|approx|incl)\.(?=\s)", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]{1,255}")
_MARKUP = re.compile(r"[*_`#>~]+|\]\([^)\n]{0,500}\)|\[|\]")
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûüŵŷ]+")
_BETWEEN = re.compile(r"[\s\-‐‑]{1,8}")
_LONGEST_WORD = 40  # letters


class HardWord(NamedTuple):
    """A hard word or phrase as it was written, where it starts (characters from 0), and plain words instead."""

    word: str
    start: int
    suggestion: str


@dataclass(frozen=True)
class PlainWords:
    """What the check found. `age` in years (0 for a text without words), `grade` as Flesch and Kincaid count it."""

    age: int
    grade: float
    hard_words: list[HardWord]
    words: int

    @property
    def is_plain(self) -> bool:
        """Whether a reader of the age that we aim at can follow it."""
        return self.age <= AIM


def check(text: str) -> PlainWords:
    """Read `text` (Markdown or not) as a reader would. Texts past 50,000 characters are read up to there.

    The grade is Flesch-Kincaid's: 0.39 × words a sentence + 11.8 × syllables a word - 15.59 (Kincaid and others,
    1975). The age is the grade plus five, the age at which the first grade starts being six.
    """
    text = text[:LONGEST]
    bare = _MARKUP.sub(" ", _BULLET.sub("• ", _LINK.sub(" ", clean_text(text))))
    found = _WORD.findall(bare)
    if not found:
        return PlainWords(age=0, grade=0.0, hard_words=hard_words(text), words=0)
    per_sentence = len(found) / _sentences(bare)
    per_word = sum(syllables(word.lower()[:_LONGEST_WORD]) for word in found) / len(found)
    grade = 0.39 * per_sentence + 11.8 * per_word - 15.59
    age = min(max(round(grade + 5), YOUNGEST), OLDEST)
    return PlainWords(age=age, grade=round(grade, 1), hard_words=hard_words(text), words=len(found))


def hard_words(text: str) -> list[HardWord]:
    """The official words in `text`, in order, each where it starts. At most fifty."""
    words = [(match.group().lower().replace("’", "'"), match.start(), match.end()) for match in _WORD.finditer(text)]
    shown: list[HardWord] = []
    at = 0
    while at < len(words) and len(shown) < _MOST_HARD_WORDS:
        length, plain = _phrase_at(words, at, text)
        if length:
            start, end = words[at][1], words[at + length - 1][2]
            shown.append(HardWord(text[start:end], start, plain))
        at += length or 1
    return shown


def _phrase_at(words: list[tuple[str, int, int]], at: int, text: str) -> tuple[int, str]:
    """How many words the longest hard phrase at `at` has, and its plain words; 0 and "" where there is none."""
    for phrase, plain in _phrases().get(words[at][0], ()):
        here = words[at : at + len(phrase)]
        if tuple(word for word, _start, _end in here) != phrase:
            continue
        if all(_BETWEEN.fullmatch(text, left[2], right[1]) for left, right in pairwise(here)):
            return len(phrase), plain
    return 0, ""


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word in small letters has: the more of what the vowels and the hyphens say."""
    return max(_by_vowels(word), len(_hyphens().positions(word)) + 1)


def _by_vowels(word: str) -> int:
    bare = word.replace("’", "").replace("'", "")
    count = len(_VOWELS.findall(bare))
    if re.search(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouyscxzg]es$", bare) and count > 1:
        count -= 1  # the e at the end is silent: time, whole, asked, homes
    count += len(re.findall(r"i(?:a|o(?!us|n)|u)|[^aeiouq]ua|ea$|eo$|[aeiouy]ing\b|ism\b", bare))
    return max(count, 1)


def _sentences(text: str) -> int:
    without_titles = _NOT_AN_END.sub(lambda match: match.group()[:-1], text)
    return max(sum(1 for part in _SENTENCE_END.split(without_titles) if _WORD.search(part)), 1)


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=2)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The jargon by its first word, longest first, with the usual endings of its last word."""
    found: dict[tuple[str, ...], str] = {}
    for phrase, plain in JARGON.items():
        *before, last = phrase.split()
        for ending in (last, *_endings(last)):
            found.setdefault((*before, ending), plain)
    found |= {tuple(phrase.split()): plain for phrase, plain in JARGON.items()}
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words in sorted(found, key=len, reverse=True):
        by_first.setdefault(words[0], []).append((words, found[words]))
    return by_first


def _endings(word: str) -> list[str]:
    """The word as a plural or in another time: utilise, utilises, utilised, utilising."""
    if word.endswith("e"):
        return [f"{word}s", f"{word}d", f"{word[:-1]}ing"]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    return [f"{word}s", f"{word}ed", f"{word}ing"]
