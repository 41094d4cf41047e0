"""What the open data and the record say of themselves can be read by somebody of nine to eleven."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from api.bulk.files import DATASETS
from api.resources import Resource
from api.tables import table_columns
from api.v1.record_words import WORDS
from record.kinds import KINDS
from words.plain import check

MEANINGS = {
    f"{resource.name}.{column.name}": str(column.meaning) for resource in DATASETS for column in resource.columns
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


@pytest.mark.parametrize("resource", [*DATASETS, WORDS], ids=lambda resource: resource.name)
def test_what_a_table_is_can_be_read_easily(resource: Resource) -> None:
    found = check(str(resource.meaning))
    assert found.age <= 11
    assert found.hard_words == []
    assert ".py" not in str(resource.meaning)  # the pages of the files and the record have the way to it


def test_the_page_of_the_files_can_be_read_easily(settings: Settings) -> None:
    for name in ("open_data.html", "check_record.html"):
        template = (settings.BASE_DIR / "templates" / "api" / name).read_text(encoding="utf-8")
        for sentence in re.findall(r'{% translate "([^"]+\.)" %}', template):
            assert check(sentence).age <= 11, sentence


def test_a_part_of_a_column_says_by_itself_what_it_is() -> None:
    """Of this column, in a whole sentence: "Its id" after other words may be the id of anything."""
    parts = {
        f"{resource.name}.{column.name}": column.meaning
        for resource in DATASETS
        for column in table_columns(resource.columns)
        if column.part
    }
    assert parts["asks.response_title"].endswith("This is the title of the answer.")
    assert parts["decisions.basis_kind"].endswith("This says which of them.")
    assert parts["commitments.topic_id"].endswith("This is the id of the topic.")
    for name, meaning in parts.items():
        assert re.search(r"\. This (is the [a-z]+|says which)\b[^.]*\.$", meaning), name
        assert not re.search(r"\b(Its|its) (id|title|address)\b", meaning), name
    assert len(parts) > 80


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
