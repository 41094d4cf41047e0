"""The tags and includes, as templates use them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template

from words.marks import ClockState

STEPS: list[dict[str, Any]] = [
    {"side": "res", "state": "past", "title": "Tabled", "on": date(2026, 10, 5), "note": "by <Amina>"},
    {"side": "org", "state": "past", "late": True, "title": "Answered", "on": date(2026, 11, 2), "note": "late"},
    {"side": "org", "state": "now", "title": "Waiting for a decision", "text": "Day 3 of 5"},
    {"side": "res", "state": "next", "title": "Done", "text": "When you say so"},
]


def drawn(template: str, **context: Any) -> str:
    return Template(template).render(Context(context)).strip()


def an_ask(clock: ClockState, **facts: Any) -> SimpleNamespace:
    due = date(2026, 12, 1)
    return SimpleNamespace(
        **{
            "clock": clock,
            "due_on": due,
            "first_due_on": due,
            "answered_on": None,
            "extension_reason": "",
            "organisation": SimpleNamespace(name="Penhale & Sons", slug="penhale"),
        }
        | facts
    )


def test_the_story_has_both_sides_and_says_where_it_stands() -> None:
    html = drawn("{% story steps %}", steps=STEPS)
    assert html.count("<li") == 4
    assert '<li class="org now" aria-current="step">' in html
    assert '<li class="org past late">' in html
    assert html.count("aria-current") == 1
    assert '<time datetime="2026-10-05">Monday 5 October' in html
    assert "by &lt;Amina&gt;" in html
    assert "Organisation’s side" in html
    assert "Organisations’ side" in drawn("{% story steps organisations=2 %}", steps=STEPS)


def test_a_clock_with_words_and_one_without() -> None:
    state = ClockState(14, 20)
    assert "Day 14 of 20" not in drawn("{% clock state %}", state=state)
    html = drawn('{% clock state size="big" detail=detail %}', state=state, detail="<b>soon</b>")
    assert "<b>Day 14 of 20</b>" in html
    assert "&lt;b&gt;soon" in html
    assert drawn("{% clock_words state %}", state=state) == '<p class="wait">Day 14 of 20</p>'
    assert "wait--late" in drawn("{% clock_words state %}", state=ClockState(26, 20, 6))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            an_ask(ClockState(14, 20)),
            'Penhale &amp; Sons must answer by <b class="in">Tuesday 1 December</b>, in 6 working days.',
        ),
        (an_ask(ClockState(20, 20)), 'by <b class="in">Tuesday 1 December</b>, today.'),
        (an_ask(ClockState(26, 20, 6)), 'had to answer by <b class="in">Tuesday 1 December</b>.'),
        (
            an_ask(ClockState(22, 20, 2, answered=True), answered_on=date(2026, 12, 3)),
            "The date was Tuesday 1 December. The answer came 2 working days late, on Thursday 3 December.",
        ),
        (
            an_ask(ClockState(12, 20, answered=True), answered_on=date(2026, 11, 20)),
            "The answer came on Friday 20 November.",
        ),
    ],
)
def test_the_clock_of_an_ask_in_words(ask: SimpleNamespace, words: str) -> None:
    html = drawn('{% include "includes/ask_clock.html" %}', ask=ask)
    assert words in html
    assert "more time" not in html


def test_more_time_stays_shown_with_its_reason() -> None:
    ask = an_ask(ClockState(14, 30), first_due_on=date(2026, 11, 17), extension_reason="The <engineer> is ill")
    html = drawn('{% include "includes/asks.html" with asks=asks %}', asks=[ask])
    assert "The first date was Tuesday 17 November." in html
    assert "because: The &lt;engineer&gt; is ill" in html


def test_how_many_back_it() -> None:
    assert "8 more needed" in drawn("{% support_bar 22 30 %}")
    assert "30 were needed" in drawn("{% support_bar 41 30 %}")
    assert "1 neighbour backs this" in drawn("{% support_bar 1 1 %}")
    assert "1,240 neighbours back this" in drawn("{% support_bar 1240 30 %}")
    assert "by Friday" in drawn('{% support_bar 22 30 note="8 more by Friday" %}')


def test_the_meter_says_the_age() -> None:
    assert "a reader aged 13 can follow this." in drawn("{% plain_meter 13 %}")
    assert drawn("{% plain_meter age %}", age=None) == ""


def test_pages_show_only_where_there_are_more() -> None:
    assert drawn("{% pages '' '' %}") == ""
    html = drawn("{% pages '?page=a' '' %}")
    assert 'rel="next"' in html
    assert 'rel="prev"' not in html


def test_check_your_answers() -> None:
    rows = [
        {"name": "What you want", "value": "a\nb", "url": "/x/"},
        {"name": "We can", "things": ["<hedge>"], "url": ""},
        {"name": "Only they can", "nothing": "Nothing"},
    ]
    html = drawn('{% include "includes/summary_list.html" %}', rows=rows)
    assert "a<br>b" in html
    assert "&lt;hedge&gt;" in html
    assert 'Change<span class="hide">: What you want</span>' in html
    assert ">Nothing<" in html


def test_an_empty_state_says_what_to_do() -> None:
    html = drawn('{% include "includes/empty.html" with title="Nothing" text="Ask" url="/x/" action="Go" %}')
    assert '<a class="btn btn--quiet" href="/x/">Go</a>' in html
    assert "<a" not in drawn('{% include "includes/empty.html" with title="Nothing" %}')


def test_filters_of_words() -> None:
    moment = datetime(2020, 11, 24, 20, tzinfo=UTC)
    assert drawn("{{ d|long_date }}", d=moment) == "Tuesday 24 November 2020"
    assert drawn("{{ d|date_and_time }}", d=moment) == "Tuesday 24 November 2020 at 8 in the evening"
    assert drawn("{{ d|lately }}", d=moment) == "Tuesday 24 November 2020"
    assert drawn("{{ d|long_date }}{{ d|lately }}{{ d|date_and_time }}{% day d %}", d=None) == ""
    assert drawn(
        "{{ 3|until_due }}, {{ 6|working_days }}, {{ 2|days_late }}, {{ 1|neighbours }}, {{ 1240|number }}"
    ) == ("in 3 working days, 6 working days, 2 working days late, 1 neighbour, 1,240")
    assert drawn("{{ t|things|join:'/' }}", t="- a\n\nb") == "a/b"
    assert drawn("{{ t|markdown }}", t="**a** <b>") == "<p><strong>a</strong> &lt;b&gt;</p>"
    assert drawn("{{ t|plain }}", t="**a**\n\n- b") == "a b"
    assert drawn("{{ t|markdown }}{{ t|plain }}{{ t|things|join:'' }}", t=None) == ""
