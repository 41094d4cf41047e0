"""axe on every page type that the loop does not come past, at phone width, each as somebody who uses it."""

import uuid

import pytest

from communities.actions.invitations import create_invitations
from decisions.actions import record_notice
from proposals.actions.drafting import start_draft
from proposals.models import Proposal
from proposals.tasks import find_common_ground
from record.checkpoints import make_checkpoint


@pytest.fixture
def addresses(decided, make_proposal, camps, community, landlord, facilitator, professional, resident):
    """Pages by who looks at them."""
    tabled = make_proposal(title="A bench half way up Mill Lane")
    camps(14, 11)
    find_common_ground()
    draft = start_draft(community=community, acting_user=resident, submission=uuid.uuid4())
    invitation = create_invitations(
        community=community, acting_user=facilitator, addresses=[("Flat 3, Heron House", "Heron House")]
    )[0]
    notice = record_notice(
        community=community,
        acting_user=professional,
        topic=None,
        title="Brightway will clean the stairs",
        summary="From January.",
        reasons="They were cheapest.",
        outcome="accepted",
        submission=uuid.uuid4(),
    )
    make_checkpoint()
    here, proposals = community.get_absolute_url(), f"/c/{community.slug}/proposals/"
    facilitate = f"{here}facilitate/"
    return {
        None: [
            "/find/",
            "/help/",
            "/promises/",
            "/privacy/",
            "/accessibility/",
            "/c/",
            "/o/",
            landlord.get_absolute_url(),
            f"{here}agreement/",
            proposals,
            f"{proposals}?sort=common",
            f"{proposals}common-ground/",
            notice.get_absolute_url(),
            "/account/login/",
            "/account/login/password/",
            "/account/signup/",
            "/nowhere/",
            "/api/",
            "/open-data/",
            "/open-data/corrections/",
            "/record/",
            "/record/1/",
            "/record/checkpoints/",
        ],
        resident: [
            tabled.get_absolute_url(),
            f"{proposals}common-ground/",
            f"{tabled.get_absolute_url()}say/",
            f"{tabled.get_absolute_url()}offer/",
            f"{tabled.get_absolute_url()}withdraw/",
            f"{proposals}drafts/",
            f"{proposals}draft/{draft.pk}/who/",
            "/account/",
            "/account/erase/",
            "/account/2fa/",
            "/inbox/preferences/",
            "/inbox/following/",
            "/join/",
        ],
        professional: [
            f"/desk/promises/new/{decided.pk}/",
            f"/decisions/new/{community.slug}/",
        ],
        facilitator: [
            facilitate,
            *(f"{facilitate}{page}/" for page in ("members", "members/new", "invitations", "letters", "scrutiny")),
            f"{facilitate}letters/{invitation.pk}/",
            f"{facilitate}call-in/{tabled.number}/",
            f"{facilitate}merge/",
            f"/decisions/agreement/{community.slug}/",
        ],
    }


def test_no_page_has_a_barrier_that_a_machine_can_find(open_as, axe_clean, addresses):
    assert Proposal.objects.count() > 1
    walk(open_as, axe_clean, addresses)


def test_nor_has_a_page_of_a_vote(open_as, axe_clean, vote_pages):
    walk(open_as, axe_clean, vote_pages)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_nor_has_the_page_that_tries_the_open_data(open_as, axe_clean, client, live_server, community, light):
    """No rule is left out, though others draw the page: js/api-docs.js and css/api-docs.css mend what they do."""
    page = open_as(None)
    page.emulate_media(color_scheme=light)
    # The schema names the address of the site, and this server has one of its own.
    schema = client.get("/api/v1/schema/").json() | {"servers": [{"url": live_server.url}]}
    page.route("**/api/v1/schema/", lambda route: route.fulfill(json=schema))
    page.goto("/api/v1/docs/")
    page.wait_for_selector(".opblock")
    axe_clean(page)
    page.click("#operations-topics-list_topics .opblock-summary-control")  # and a question that was asked and answered
    page.click(".try-out__btn")
    page.click(".execute")
    page.wait_for_selector(".live-responses-table")
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def walk(open_as, axe_clean, addresses):
    for person, paths in addresses.items():
        page = open_as(person)
        for path in paths:
            answer = page.goto(path)
            assert answer.status < 500
            assert answer.status == 200 or path == "/nowhere/", path
            axe_clean(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
