"""The main loop by hand at phone width, with JavaScript and without: tabled, backed, asked, answered, decided,
promised, kept, and read in the API by somebody who is not signed in."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from proposals.actions.backing import back_proposal
from proposals.models import Proposal, Support
from record import clock

TITLE = "A bench half way up Mill Lane"


def follow(locator: Locator) -> None:
    """Press it, and wait for the page that it leads to: a click alone comes back before."""
    with locator.page.expect_navigation():
        locator.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_the_whole_loop(
    open_as, axe_clean, community, topic, resident, neighbour, neighbours, professional, facilitator, javascript
):
    def look(page):
        if javascript:
            axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390 if javascript else True

    # A resident tables a proposal, one step a page.
    author = open_as(resident, javascript=javascript)
    author.goto("/")
    follow(author.get_by_role("link", name="Table a proposal"))
    look(author)
    follow(author.get_by_role("button", name="Go on"))
    expect(author).to_have_title(re.compile("Error:"))
    author.locator("[name=outcome_wanted]").fill("Anyone can sit down on the way up Mill Lane.")
    follow(author.get_by_role("button", name="Go on"))
    look(author)
    author.locator("[name=we_can]").fill("Ask at each door where it should go\nOil it each spring")
    author.locator("[name=only_they_can]").fill("Set it in concrete")
    follow(author.get_by_role("button", name="Go on"))
    author.locator("[name=title]").fill(TITLE)
    author.locator("[name=case]").fill("The lane is steep. Some of us do not get to the top.")
    follow(author.get_by_role("button", name="Go on"))
    if author.locator("[name=topic]").count() == 0:  # something like it was found and shown first
        follow(author.get_by_role("link", name="Go on").or_(author.get_by_role("button", name="Go on")).first)
    look(author)
    author.locator("label").get_by_text(topic.name, exact=True).click()
    follow(author.get_by_role("button", name="Go on"))
    look(author)
    follow(author.get_by_role("button", name="Table it"))
    expect(author.get_by_role("heading", level=1)).to_have_text(TITLE)
    look(author)
    proposal = Proposal.objects.get(title=TITLE)
    url = proposal.get_absolute_url()

    # Neighbours back it; the last one taps twice.
    for one in neighbours[:2]:
        back_proposal(proposal=proposal, acting_user=one)
    backer = open_as(neighbour, javascript=javascript)
    backer.goto(url)
    backer.get_by_role("button", name="Back this").dblclick()
    backer.get_by_text("You back this").first.wait_for()
    backer.wait_for_load_state("networkidle")
    backer.goto(url)
    backer.get_by_text("Day 0 of 20").first.wait_for()
    assert Support.objects.filter(proposal=proposal).count() == 3
    look(backer)

    # The clock is public on the first page and on the waiting list.
    visitor = open_as(javascript=javascript)
    for path in ("/", "/waiting/", community.get_absolute_url()):
        visitor.goto(path)
        expect(visitor.get_by_role("link", name=TITLE).first).to_be_visible()
        look(visitor)

    # The officer answers from the desk, with a promise.
    officer = open_as(professional, javascript=javascript)
    officer.goto("/desk/")
    look(officer)
    follow(officer.get_by_role("link", name=re.compile(rf"Answer\s*: {TITLE}")).first)
    officer.locator("label").get_by_text("Yes", exact=True).click()
    officer.locator("[name=summary]").fill("Yes. We will put a bench there.")
    officer.locator("[name=reasons]").fill("The lane is ours. A bench costs £450. That is less than one fall.")
    officer.locator("[name$='-text']").first.fill("A bench stands half way up Mill Lane")
    due = clock.today() + timedelta(days=20)
    officer.locator("[name$='-due_on']").first.fill(due.isoformat())
    follow(officer.get_by_role("button", name="Show me the page"))
    look(officer)
    follow(officer.get_by_role("button", name="Publish this answer"))
    officer.goto(url)
    expect(officer.get_by_role("heading", name="The answer from Penhale Homes")).to_be_visible()

    # A backer hears of it, and says whether it answers it.
    backer.goto("/inbox/")
    expect(backer.get_by_text(TITLE).first).to_be_visible()
    look(backer)
    backer.goto(url)
    backer.get_by_role("button", name="This answers it").click()
    expect(backer.get_by_text("You said: this answers it").first).to_be_visible()
    look(backer)

    # The answer becomes the decision; the promise is claimed and confirmed.
    officer.goto(f"/desk/decide/{proposal.pk}/")
    look(officer)
    follow(officer.get_by_role("button", name="Record the decision"))
    officer.goto("/desk/promises/")
    look(officer)
    follow(officer.get_by_role("link", name=re.compile("It is done")).first)
    follow(officer.get_by_role("button", name="It is done"))
    author.goto(url)
    expect(author.get_by_text("They say it is done").first).to_be_visible()
    author.get_by_role("button", name="This is done").click()
    expect(author.get_by_text("Kept: residents agree it is done").first).to_be_visible()
    proposal.refresh_from_db()
    assert proposal.state == "delivered"

    # A journalist reads it all, on the pages and in the API.
    visitor.goto("/decisions/")
    look(visitor)
    follow(visitor.get_by_role("link", name=TITLE))
    expect(visitor.get_by_text("Organisation decided after asking residents").first).to_be_visible()
    look(visitor)
    read = visitor.request
    row = read.get("/api/v1/decisions/").json()["results"][0]
    assert (row["decided_by"], row["outcome"], row["supports"]) == ("organisation_after_consulting", "accepted", 3)
    assert row["commitments_kept"] == 1
    assert read.get("/api/v1/proposals/").json()["results"][0]["state"] == "delivered"
    assert read.get("/api/v1/responses/").json()["results"][0]["outcome"] == "accepted"
    assert read.get("/api/v1/commitments/").json()["results"][0]["state"] == "confirmed"
