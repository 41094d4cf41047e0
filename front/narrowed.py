"""What the waiting list and its frame are narrowed to, in an address and in words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from communities.models import Community, Organisation


@dataclass(frozen=True)
class Narrowed:
    """To one organisation's, to one community's, to both, or not at all."""

    organisation: Organisation | None = None
    community: Community | None = None

    @property
    def query(self) -> str:
        """As it stands at the end of an address: `?organisation=…&community=…`."""
        chosen = {"organisation": self.organisation, "community": self.community}
        asked = {name: row.slug for name, row in chosen.items() if row is not None}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def page_title(self) -> str:
        """What the page is called."""
        names = {"name": self.organisation or "", "place": self.community or ""}
        if self.organisation and self.community:
            return _("Waiting for %(name)s: %(place)s") % names
        if self.organisation:
            return _("Waiting for %(name)s") % names
        return _("Waiting for an answer: %(place)s") % names if self.community else _("Waiting for an answer")

    @property
    def frame_title(self) -> str:
        """What the frame is called: there may be several on a page of another site."""
        names = ", ".join(str(one) for one in (self.organisation, self.community) if one is not None)
        return _("Waiting for an answer: %(name)s") % {"name": names} if names else _("Waiting for an answer")

    @property
    def is_public(self) -> bool:
        """Whether another site may show it."""
        return self.community is None or self.community.is_public
