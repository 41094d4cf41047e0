"""What the open data and the record say of themselves can be read by somebody of nine to eleven."""

import re

import pytest
from django.test import Client

from api.bulk.files import DATASETS
from api.v1.record import CHECKPOINTS
from record.kinds import KINDS
from words.plain import check

MEANINGS = {
    f"{resource.name}.{column.name}": str(column.meaning)
    for resource in (*DATASETS, CHECKPOINTS)
    for column in resource.columns
}
HARD = re.compile(
    r"\b(electorate|ballot was|digest|product over|thousandths|disputed|overruled what|certified|locked|roll|threshold"
    r"|mean counts|power-sharing)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("sentences", [KINDS, MEANINGS], ids=["the record", "the columns"])
def test_no_hard_word_stands_there_and_it_reads_easily(sentences: dict[str, str]) -> None:
    assert {name: text for name, text in sentences.items() if HARD.search(text)} == {}
    assert check(" ".join(sentences.values())).age <= 11


def test_each_sentence_of_the_record_says_who_or_what(client: Client, db: None) -> None:
    assert KINDS["commitment.promised"] == "Somebody promised to do something by a set day."
    assert len(set(KINDS.values())) == len(KINDS)


def test_the_dictionary_says_it_in_words_and_the_guide_has_the_sum(client: Client, db: None) -> None:
    dictionary = client.get("/open-data/dictionary/").text
    row = dictionary.split('id="proposals.common_ground"')[1].split("</tr>")[0]
    assert "think differently" in row
    assert "+" not in row
    assert "Words that come up often" in dictionary
    assert "(agrees + 1) ÷ (answers + 2)" in client.get("/api/").text
