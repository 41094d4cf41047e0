"""A seat for a resident without e-mail, who takes part on paper and by phone."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.actions.invitations import join_with_code
from communities.exceptions import NotAllowed, NotValid
from communities.models import Community, Membership

LONGEST_NAME = 60


def seat_without_email(*, community: Community, acting_user: User, display_name: str, code: str) -> Membership:
    """A facilitator types in the code of a letter that came back, and the name to show. The letter makes one resident,
    once, as it does online: nobody is made up who has no letter. The person cannot sign in."""
    if not permissions.can_facilitate(acting_user, community):
        raise NotAllowed(_("Only a facilitator can do this."))
    display_name = display_name.strip()
    if not display_name or len(display_name) > LONGEST_NAME:
        raise NotValid(_("Give the name that others may see, at most 60 letters."), field="display_name")
    with transaction.atomic():
        user = User.objects.create_user(None, display_name=display_name)
        return join_with_code(acting_user=user, code=code, community=community)
