"""What people write is shown, and never runs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from words import markdown


def test_the_usual_marks_work() -> None:
    html = markdown.render("# Why\n\n**Bold** and *soft*, ~~gone~~.\n\n- one\n- two\n\n1. first\n\n> said")
    assert "<p><strong>Why</strong></p>" in html
    for tag in ("<strong>", "<em>", "<s>", "<ul>", "<ol>", "<blockquote>"):
        assert tag in html


def test_a_line_break_is_a_line_break() -> None:
    assert "<br>" in markdown.render("one\ntwo")


def test_links_open_the_web_and_say_that_we_do_not_vouch_for_them() -> None:
    html = markdown.render("[the report](https://example.org/a?b=1&c=2)")
    assert html == ('<p><a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">the report</a></p>\n')


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://example.org/pixel.png)",
        "<svg/onload=alert(1)>",
        "<a href='javascript:x'>x</a>",
        '[x](https://example.org "onmouseover=alert(1)")',
        "<style>*{display:none}</style>",
        "<iframe src=//example.org></iframe>",
        "```\n</code><script>x</script>\n```",
    ],
)
def test_nothing_that_runs_or_loads_comes_through(typed: str) -> None:
    html = markdown.render(typed)
    tags = " ".join(re.findall(r"<[^>]*>", html))
    assert not re.search(r"<(script|img|svg|style|iframe)|href=\"(?!https:)|\son\w+=", tags, re.IGNORECASE)


def test_headings_are_bold_lines_so_that_those_of_the_page_keep_their_order() -> None:
    assert not re.search(r"<h\d", markdown.render("# a\n\n## b\n\n### c\n\n###### d"))


def test_the_words_alone() -> None:
    assert markdown.plain("**Yes**, [see](https://example.org) & <b>x</b>") == "Yes, see & <b>x</b>"


@pytest.mark.parametrize("text", ["Just words, 3 of them (here).", "_soft_ words", "a\nb", "1 < 2", "x\x00y"])
def test_the_quick_way_to_the_words_says_the_same_as_the_long_one(text: str) -> None:
    assert "\x00" not in markdown.plain(text)
    assert "_" not in markdown.plain(text)


def test_text_nested_very_deep_is_survived() -> None:
    assert markdown.render(">" * 5000 + " x")
    assert markdown.render("[" * 5000 + "x")
    assert markdown.render("*" * 5000 + "x")


@given(st.text(alphabet=st.sampled_from("<>[]()\"'*_#`&;:/\\ \n!ajsx\x00\ud800"), max_size=80))
def test_whatever_is_typed_gives_only_our_tags(typed: str) -> None:
    html = markdown.render(typed)
    for tag in re.findall(r"</?([a-z0-9]+)", html):
        assert tag in markdown._TAGS
