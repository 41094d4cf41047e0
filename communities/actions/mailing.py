"""Invitations that go by e-mail: sent outside any transaction, at least once, always with the same Message-ID.

A worker claims one by setting the time; where it dies, another takes over after the lease.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from communities.codes import code_of
from communities.models import Invitation
from record import clock
from words.text import clean_line

logger = logging.getLogger(__name__)

TEMPLATES = "emails/communities/invitation"
MOST_AT_ONCE = 100


def send_invitations() -> int:
    """Send the open invitations that wait for it. Returns how many went. Safe to run late, twice or at once."""
    sent = 0
    for invitation in _waiting().select_related("community").order_by("created_at", "id")[:MOST_AT_ONCE]:
        if not _waiting().filter(pk=invitation.pk).update(email_claimed_at=clock.now()):
            continue  # another worker has it
        try:
            message_for(invitation).send()
        except OSError as error:  # the server is away or refuses; the lease ends and it is tried again
            logger.warning("Invitation %s was not sent: %s", invitation.pk, error)
            continue
        Invitation.objects.filter(pk=invitation.pk).update(emailed_at=clock.now())
        sent += 1
    return sent


def message_for(invitation: Invitation) -> EmailMultiAlternatives:
    """The e-mail with the code. The page behind its link asks first: a scanner that opens links joins nothing."""
    code = code_of(invitation.pk)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    context = {
        "community": invitation.community,
        "code": code,
        "url": settings.SITE_URL + reverse("communities:join_by_link", args=[code]),
        "expires_at": invitation.expires_at,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
    }
    message = EmailMultiAlternatives(
        subject=clean_line(render_to_string(f"{TEMPLATES}/subject.txt", context)),
        body=render_to_string(f"{TEMPLATES}/body.txt", context).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
        headers={"Message-ID": f"<invitation.{invitation.pk.hex}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"{TEMPLATES}/body.html", context), "text/html")
    return message


def _waiting() -> QuerySet[Invitation]:
    """Open ones that go by e-mail, have not gone, and that no living worker has."""
    free_again = clock.now() - timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    rows: QuerySet[Invitation] = Invitation.objects.to_email().filter(
        Q(email_claimed_at=None) | Q(email_claimed_at__lt=free_again)
    )
    return rows
