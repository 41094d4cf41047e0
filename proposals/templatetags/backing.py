"""How many back a proposal, as its page shows it and a tap brings it anew."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from communities.models import Community
from proposals.models import Proposal
from words.drawn import drawn_once

register = template.Library()


@register.simple_tag
def backing(proposal: Proposal, community: Community) -> SafeString:
    """`{% backing proposal community %}`: the signatures that it came with, and how many back it here."""
    signatures = proposal.original_signatures
    source = "" if signatures is None else community.source_name
    lapsed = proposal.state == Proposal.State.LAPSED
    return _drawn(proposal.supports_count, proposal.threshold, signatures, source, lapsed)


@drawn_once
def _drawn(count: int, threshold: int, signatures: int | None, source: str, lapsed: bool) -> SafeString:
    context = {"count": count, "threshold": threshold, "signatures": signatures, "source": source, "lapsed": lapsed}
    return render_to_string("proposals/backing.html", context)
