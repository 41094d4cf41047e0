"""Every page of a vote, by who looks at it: of each method the paper, the check, the result; a facilitator’s pages."""

from collections.abc import Callable

from django.urls import reverse

from accounts.models import User
from ballots.actions.announcing import announce_ballot
from ballots.actions.entering import start_batch
from ballots.actions.voting import cast_vote, keep_choices
from ballots.models import Ballot, Elector
from communities.models import Community
from proposals.models import Proposal
from tests.ballots.conftest import MakeBallot, counted

Pages = dict[User | None, list[str]]
CHOSEN = {
    "approval": [{"1": 1}, {"1": 1, "2": 1}, {"3": 1}],
    "score": [{"1": 5, "2": 2}, {"2": 4, "3": 0}, {"4": 3}],
    "ranked": [{"1": 1, "2": 2}, {"2": 1, "3": 2}, {"3": 1, "1": 2}],
    "budget": [{"1": 1, "2": 1}, {"2": 1, "3": 1}, {"4": 1}],
}
# Longer than is shown at once, so that “Read it all” is on the paper.
ABOUT = "It would be open from four to seven on weekdays, and somebody is there to talk to. " * 5


def at(name: str, ballot: Ballot, *more: object) -> str:
    return reverse(f"ballots:{name}", args=[ballot.community.slug, ballot.reference, *more])


def terms_of(method: str) -> dict[str, object]:
    return {"method": method} if method == "budget" else {"method": method, "budget": 0}


def pages_of_votes(
    community: Community,
    make_ballot: MakeBallot,
    make_open: Callable[[Ballot], Ballot],
    voters: list[User],
    facilitator: User,
    waiting: Proposal,
) -> Pages:
    """`voters`: at least ten, so that papers are published and the whole working is shown."""
    resident = voters[0]
    collecting = Ballot.objects.get(collects=True)
    assert collecting.options.get().proposal == waiting
    draft, coming = make_ballot(), announce_ballot(ballot=make_ballot(), acting_user=facilitator)
    here = reverse("ballots:list", args=[community.slug])
    pages: Pages = {
        None: ["/ballots/", here, f"{here}?now=1", coming.get_absolute_url()],
        resident: [],
        facilitator: [reverse(f"ballots:{name}", args=[community.slug]) for name in ("manage", "new")],
    }
    pages[facilitator] += [at("prepare", collecting), at("option_change", draft, draft.options.first().pk)]
    pages[facilitator] += [at(name, draft) for name in ("prepare", "terms", "announce")]
    for method, chosen in CHOSEN.items():
        over = make_open(make_ballot(**terms_of(method)))
        for n, person in enumerate(voters):
            cast_vote(ballot=over, acting_user=person, choices=chosen[n % len(chosen)])
        over = counted(over)
        pages[None] += [over.get_absolute_url(), at("steps", over)]
        ballot = make_ballot(**terms_of(method))
        ballot.options.filter(code="1").update(about=ABOUT)
        ballot = make_open(ballot)
        keep_choices(ballot=ballot, acting_user=resident, choices=chosen[0])
        pages[resident] += [at("vote", ballot), at("check", ballot)]
        pages[facilitator] += [at("papers", ballot), at("enter", ballot)]
    cast_vote(ballot=ballot, acting_user=resident, choices=chosen[0])
    pages[resident] += [ballot.get_absolute_url(), at("done", ballot)]
    pages[None] += [at("receipts", over), f"{at('receipts', over)}?code=none"]
    pages[None] += [ballot.get_absolute_url(), at("paper", ballot, Elector.objects.filter(ballot=ballot)[0].code)]
    pile = start_batch(ballot=ballot, acting_user=facilitator, label="Heron House, first box")
    pages[facilitator] += [at(name, ballot) for name in ("prepare", "roll", "batches", "cancel")]
    pages[facilitator] += [at("batch", ballot, pile.pk), at("prepare", over)]
    pages[resident].remove(at("check", ballot))  # it is cast
    return pages
