"""What a person wants to hear of, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from notifications.kinds import GROUPS
from notifications.models import Preference


@dataclass(frozen=True)
class Choice:
    """Where one group of news goes."""

    in_inbox: bool = True
    by_email: bool = True


def choices_of(user: User) -> dict[str, Choice]:
    """The choice for each group. One query."""
    kept = {row.group: Choice(row.in_inbox, row.by_email) for row in Preference.objects.filter(user=user)}
    return {group: kept.get(group, Choice()) for group in GROUPS}


@transaction.atomic
def choose(*, acting_user: User, choices: Mapping[str, Choice]) -> None:
    """Keep the choice for each group given. It holds for what is still to be sent, too."""
    unknown = set(choices) - set(GROUPS)
    if unknown:
        raise ValueError(f"There is no group {', '.join(sorted(unknown))}")
    Preference.objects.bulk_create(
        [
            Preference(user=acting_user, group=group, in_inbox=choice.in_inbox, by_email=choice.by_email)
            for group, choice in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["in_inbox", "by_email"],
    )


@transaction.atomic
def stop_email(*, acting_user: User, groups: list[str]) -> None:
    """No more e-mail of these groups; the inbox stays as it is."""
    now = choices_of(acting_user)
    choose(acting_user=acting_user, choices={group: Choice(now[group].in_inbox, by_email=False) for group in groups})
