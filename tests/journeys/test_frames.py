"""What another site shows in a frame of ours is whole, on the narrowest phone."""

import re
from html import unescape

import pytest
from django.conf import settings

from decisions.models import Decision
from tests.front.conftest import make_ask

__all__ = ["make_ask"]  # a fixture of the front, for the browser too

TITLE = "Mend the front door buzzer at Kestrel House, and keep a spare"
ROOM = 30  # px to spare


@pytest.mark.parametrize("width", [320, 360])
def test_a_frame_is_not_cut_off_on_a_phone(open_as, community, make_ask, decided, landlord, live_server, width):
    for day in range(6):
        make_ask(community, days_ago=90 - day, title=TITLE)
    decision = Decision.objects.get()
    Decision.objects.update(title=TITLE, summary="We will mend it, and keep one more. " * 9, is_overruled=True)
    page = open_as(width=width)
    for path in (f"/waiting/?organisation={landlord.slug}", decision.get_absolute_url()):
        page.goto(path)
        line = unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content(), re.DOTALL)[1])
        line = line.replace(settings.SITE_URL, live_server.url)
        show(page, f'<!doctype html><meta name="viewport" content="width=device-width">{line}')
        frame = page.frames[1]
        frame.wait_for_selector("main a")
        frame.wait_for_load_state("load")  # its words can be there before its style: then it is measured plain
        frame.evaluate("document.fonts.ready.then(() => true)")
        end = frame.evaluate("document.querySelector('main').lastElementChild.getBoundingClientRect().bottom")
        assert end + ROOM <= frame.evaluate("innerHeight"), path
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def show(page, html):
    """Another site’s page, as the phone sees it. Its address is of this machine, so that no other is asked."""
    page.route("**/elsewhere/", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto("/elsewhere/")
    page.unroute("**/elsewhere/")
