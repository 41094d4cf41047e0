"""Fields clean what is typed, and errors are said in our words."""

from datetime import date
from uuid import UUID

import pytest
from django import forms
from django.template import Context, Template

from words.forms import DayField, LineField, SubmissionField, TextField


class Form(forms.Form):
    title = LineField(label="Title", max_length=10, help_text="In one line")
    body = TextField(label="Why", max_length=20, required=False)
    day = DayField(label="By when", required=False)
    answer = forms.ChoiceField(
        label="Your answer", choices=[("yes", "Yes\nAll of it"), ("no", "No")], widget=forms.RadioSelect
    )
    email = forms.EmailField(label="E-mail", required=False)
    sure = forms.BooleanField(label="I am sure")
    submission = SubmissionField()


def drawn(template: str, form: forms.Form) -> str:
    return Template(template).render(Context({"form": form}))


def test_what_is_typed_is_cleaned() -> None:
    form = Form(
        {"title": " a\x00 \u202eb ", "body": "a\r\nb", "day": "24 November 2026", "answer": "yes", "sure": "on"}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "a b"
    assert form.cleaned_data["body"] == "a\nb"
    assert form.cleaned_data["day"] == date(2026, 11, 24)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_a_day_far_off_is_refused(day: str) -> None:
    assert "between the years 2000 and 2100" in str(Form({"day": day}).errors["day"])


@pytest.mark.parametrize("day", ["tomorrow", "32/01/2026", "2026-13-01", "NaN", "9" * 5000])
def test_what_is_no_day_is_refused(day: str) -> None:
    assert "Give a day such as" in str(Form({"day": day}).errors["day"])


def test_a_form_without_its_mark_gets_a_new_one() -> None:
    first, second = (SubmissionField().clean(value) for value in ("", "x" * 5000))
    assert isinstance(first, UUID)
    assert first != second
    assert SubmissionField().clean("7f3d1f0e-8a57-4a55-9d5d-0d1a3a8f8a10") == UUID(
        "7f3d1f0e-8a57-4a55-9d5d-0d1a3a8f8a10"
    )


def test_each_error_says_how_to_put_it_right_and_leads_there() -> None:
    html = drawn("{% errors form %}", Form({"title": "x" * 12, "email": "nobody", "answer": "maybe"}))
    assert "4 things to put right" in html
    assert '<a href="#id_title">Cut 2 letters from “Title”</a>' in html
    assert '<a href="#id_answer_0">Choose one of the answers shown: Your answer</a>' in html
    assert '<a href="#id_email">Give an e-mail address such as name@example.org</a>' in html
    assert '<a href="#id_sure">Tick “I am sure” to go on</a>' in html


def test_what_is_empty_is_named() -> None:
    html = drawn("{% errors form %}", Form({"sure": "on", "answer": "yes"}))
    assert "One thing to put right" in html
    assert "Fill in “Title”" in html


def test_a_form_may_choose_its_own_words() -> None:
    class Own(forms.Form):
        title = LineField(error_messages={"required": "Say what you want"})

    assert "Say what you want" in drawn("{% errors form %}", Own({}))


def test_an_error_of_the_whole_form_is_shown_without_a_link() -> None:
    form = Form({"title": "x", "answer": "yes", "sure": "on"})
    form.add_error(None, "A colleague saved first")
    html = drawn("{% errors form %}", form)
    assert "<b>A colleague saved first</b>" in html


def test_all_well_shows_nothing() -> None:
    assert drawn("{% errors form %}", Form()).strip() == ""


def test_a_field_is_tied_to_its_hint_and_error() -> None:
    html = drawn('{% field form.title seen_by="Everyone" autocomplete="off" %}', Form({"title": ""}))
    assert 'aria-describedby="id_title-hint id_title-seen id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'autocomplete="off"' in html
    assert "Who sees this?" in html
    for name in ("hint", "seen", "error"):
        assert f'id="id_title-{name}"' in html


def test_a_long_text_shows_how_much_is_left_and_is_never_cut_off() -> None:
    html = drawn("{% field form.body rows=3 %}", Form({"body": "y" * 30}))
    assert 'data-count="20"' in html
    assert "maxlength" not in html
    assert 'id="id_body-count"' in html
    assert "y" * 30 in html
    assert "Cut 10 letters from “Why”" in html


def test_no_placeholder_stands_in_for_a_label() -> None:
    class Faint(forms.Form):
        title = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Title"}))

    assert "placeholder" not in drawn("{% field form.title %}", Faint())


def test_choices_are_big_targets_with_their_hints() -> None:
    html = drawn("{% field form.answer %}", Form({"answer": "yes"}))
    assert "<legend>Your answer</legend>" in html
    assert html.count('class="pick"') == 2
    assert "<p>All of it</p>" in html


def test_a_tick_is_one_big_target() -> None:
    html = drawn("{% field form.sure %}", Form())
    assert '<label for="id_sure">I am sure</label>' in html


def test_what_is_typed_cannot_break_out() -> None:
    html = drawn("{% errors form %}{% field form.title %}", Form({"title": '"><script>x</script>'}))
    assert "<script>" not in html


def test_how_much_is_too_much_is_written_as_numbers_are() -> None:
    html = drawn("{% errors form %}", Form({"title": "x" * 2518}))
    assert "Cut 2,508 letters from “Title”" in html
