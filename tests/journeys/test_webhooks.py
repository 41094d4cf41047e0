"""The pages of a webhook on a phone: from the form to the log, without a barrier that a machine can find."""

import os
from pathlib import Path

from record.models import Entry
from webhooks.actions.mailing import send_letters
from webhooks.models import Delivery, Endpoint, message_id_of
from webhooks.tokens import confirm_url

LINES = """one => { const words = document.createRange(); words.selectNodeContents(one);
    return words.getClientRects().length }"""


def _look(page, axe_clean, name: str) -> None:
    axe_clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    if os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(os.environ["PICTURES"]) / f"{name}.png"), full_page=True)


def test_from_the_form_to_the_log(open_as, axe_clean, tabled, mailoutbox):
    page = open_as(None)
    page.goto("/api/")
    page.get_by_role("link", name="webhooks").click()
    page.get_by_label("Where to send it").fill("https://hooks.example.org/" + "long/" * 20)
    page.get_by_label("Your e-mail address").fill("not an address")
    page.get_by_text("Decisions, and decisions").click()
    page.get_by_role("button", name="Send me the e-mail").click()
    _look(page, axe_clean, "refused")
    page.get_by_label("Your e-mail address").fill("sub@example.org")
    page.get_by_role("button", name="Send me the e-mail").click()
    page.wait_for_url("**/sent/")
    _look(page, axe_clean, "sent")
    page.get_by_role("link", name="Send me the link again").click()
    _look(page, axe_clean, "lost")
    send_letters()
    endpoint = Endpoint.objects.get()
    url = confirm_url(endpoint)
    assert url in mailoutbox[0].body
    page.goto(url[url.index("/api/") :])
    _look(page, axe_clean, "confirm")
    page.get_by_role("button", name="Yes, send it there").click()
    page.get_by_role("heading", name="Your webhook").wait_for()
    _look(page, axe_clean, "empty")
    entry = Entry.objects.latest("sequence")
    for number, state in enumerate(("delivered", "failed", "dead")):
        Delivery.objects.create(
            endpoint=endpoint,
            entry=entry if number == 0 else None,
            message_id=message_id_of(endpoint, number),
            state=state,
            attempts=number + 1,
            status_code=500,
            said="x" * 300,
            duration_ms=20,
            tried_at=entry.at,
        )
    page.get_by_role("button", name="Pause").click()
    page.get_by_text("Paused. Nothing is sent").wait_for()
    _look(page, axe_clean, "paused")
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_label("From when").fill("soon")
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("Show the secret").click()
    _look(page, axe_clean, "managed")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.get_by_role("columnheader", name="Tries").evaluate(LINES) == 1
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="End it").click()
    _look(page, axe_clean, "end")
    page.get_by_role("button", name="End it").click()
    page.get_by_text("The webhook has ended").wait_for()
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.email) == ("ended", "")
