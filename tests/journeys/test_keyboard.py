"""Tabling and answering with the keys alone: no step asks for a mouse, and no key is trapped."""

from proposals.models import Proposal, Response

TITLE = "A bench half way up Mill Lane"


def tab_to(page, selector):
    """Tab on until the focus is where it is wanted; what a person would do, and no more."""
    for _n in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector} on {page.url}")


def write(page, name, words):
    tab_to(page, f"[name={name}]")
    page.keyboard.type(words)


def press(page, selector):
    """Enter on a button, and wait for the page it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_table_a_proposal(open_as, community, topic, resident):
    page = open_as(resident)
    page.goto(f"/c/{community.slug}/proposals/new/")
    write(page, "outcome_wanted", "Anyone can sit down on the way up Mill Lane.")
    press(page, "[name=go]")
    write(page, "we_can", "Oil it each spring")
    write(page, "only_they_can", "Set it in concrete")
    press(page, "[name=go]")
    write(page, "title", TITLE)
    write(page, "case", "The lane is steep.")
    press(page, "[name=go]")
    tab_to(page, "[name=topic]")
    page.keyboard.press("Space")
    press(page, "[name=go]")
    press(page, "[name=go]")
    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    assert Proposal.objects.get().state == "tabled"


def test_answer_a_proposal(open_as, ask, professional):
    page = open_as(professional)
    page.goto("/desk/")
    press(page, f"a[href='/desk/answer/{ask.pk}/']")
    tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    write(page, "summary", "Yes. We will mend the lamp.")
    write(page, "reasons", "The lamp is ours.")
    press(page, "[name=do][value=page]")
    press(page, f"form[action='/desk/answer/{ask.pk}/publish/'] button")
    assert Response.objects.get(ask=ask).outcome == "accepted"
