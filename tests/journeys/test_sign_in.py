"""A seat at the table by e-mailed code and letter, and words that outlive the session they were typed in."""

import re
import uuid

from allauth.account.models import EmailAddress
from django.core import mail

from communities.actions.invitations import create_invitations
from communities.codes import code_of
from communities.models import Membership
from proposals.models import Comment


def type_in_the_code(page):
    code = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[-1].body, re.MULTILINE)[1]
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Go on").click()


def test_from_the_letter_to_a_seat(open_as, community, facilitator):
    letter = create_invitations(
        community=community,
        acting_user=facilitator,
        addresses=[("Flat 3, Heron House", "Heron House")],
        submission=uuid.uuid4(),
    )[0]
    page = open_as()
    page.goto(f"/join/{code_of(letter.pk)}/")
    page.get_by_role("link", name="I am new here: make an account").click()
    page.locator("[name=email]").fill("nell@example.org")
    page.locator("[name=display_name]").fill("Nell")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Type in your code").wait_for()
    type_in_the_code(page)
    page.get_by_role("button", name="Take my seat").wait_for()
    letter.refresh_from_db()
    assert letter.used_at is None  # looking at a letter uses nothing up
    with page.expect_navigation():
        page.get_by_role("button", name="Take my seat").click()
    letter.refresh_from_db()
    assert letter.used_at is not None
    assert Membership.objects.get(user__email="nell@example.org").verified_at is not None


def test_a_comment_outlives_the_session_it_was_typed_in(open_as, tabled, neighbour):
    EmailAddress.objects.create(user=neighbour, email=neighbour.email, verified=True, primary=True)
    page = open_as(neighbour)
    page.goto(tabled.get_absolute_url())
    page.get_by_role("link", name="Say something").click()
    page.locator("[name=body]").fill("I hold my keys in my hand.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("button", name="Send me a code").wait_for()
    page.locator("[name=email]").fill(neighbour.email)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Type in your code").wait_for()
    type_in_the_code(page)
    page.get_by_role("heading", name="What you typed is still here").wait_for()
    assert page.get_by_text("I hold my keys in my hand.").is_visible()
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Send it now").click()
    page.get_by_role("heading", level=1, name=tabled.title).wait_for()
    assert Comment.objects.get().author == neighbour
