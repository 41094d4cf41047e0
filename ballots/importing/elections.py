"""Elections from Pabulib: a certified ballot with its papers, counted here. It was decided elsewhere."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ballots import counting
from ballots.actions.counting import keep_result
from ballots.models import Ballot, Count, Option
from ballots.pabulib.reading import BadFile, read_pb
from ballots.pabulib.shapes import Election
from ballots.papers_file import LEAST_PUBLISHED, digest, read_papers, write_papers
from ballots.terms import options_of, rule_of, terms_digest
from communities.guards import locked_community
from communities.models import Agreement, Community
from record import clock
from record.announcements import SYSTEM, announce
from record.references import next_reference

SITE = "https://pabulib.org"
SCALE = 100  # minor units in one unit of currency: money of the site is in hundredths
OWN_METHODS: dict[str, str] = {
    Ballot.Method.APPROVAL: "approval",
    Ballot.Method.SCORE: "scoring",
    Ballot.Method.RANKED: "ordinal",
}


@transaction.atomic
def open_elections_community(*, slug: str, name: str) -> Community:
    """The community of this slug, made where there is none, with the source and how to cite it."""
    community = Community.objects.select_for_update().filter(slug=slug).first()
    if community is not None:
        return community
    community = Community.objects.create(
        slug=slug,
        name=name,
        summary=_("Real elections from the Pabulib library. The votes were cast in other towns. We count them again."),
        source_name="Pabulib",
        source_url=f"{SITE}/",
        source_licence=_("See the site. Cite arXiv:2012.06539"),
        source_licence_url=f"{SITE}/",
    )
    Agreement.objects.create(
        community=community, version=1, agreed_on=clock.today(), how_agreed=_("nothing is decided here")
    )
    announce(
        "community.created",
        subject=community,
        community=community,
        actor=SYSTEM,
        payload={"slug": slug, "source": SITE},
        texts={"name": name},
    )
    return community


@transaction.atomic
def import_election(*, community: Community, path: Path) -> tuple[Ballot, bool, list[str]]:
    """The file as a certified ballot. Gives it, whether it is new, and what was wrong with which line.

    The same file twice is one ballot: it is known by its name, and its papers must be the same.
    Raises BadFile where the file cannot be read, or is another one under a name that is known.
    """
    election = read_pb(path)
    _require_fits(election, path)
    bad = [f"line {row.line}, {row.column}: {row.problem}" for row in election.bad_rows]
    method = _method(election)
    papers = write_papers([project.code for project in election.projects], _papers(election, method))
    locked_community(community.pk)  # two imports of one file at once are one ballot
    known = Ballot.objects.filter(community=community, source_id=path.stem[:80]).select_related("count").first()
    if known is not None:
        if not _is_same(known, election, papers):
            raise BadFile(f"{path.name} is not the file that was imported before under this name.")
        return known, False, bad
    ballot = _make_ballot(community, path, election, method)
    _count(ballot, papers, len(election.papers))
    announce(
        "ballot.imported",
        subject=ballot,
        community=community,
        actor=SYSTEM,
        payload={
            "ballot": str(ballot.pk),
            "reference": ballot.reference,
            "source": SITE,
            "source_id": ballot.source_id,
            "papers": len(election.papers),
        },
    )
    return ballot, True, bad


def _is_same(known: Ballot, election: Election, papers: str) -> bool:
    """Whether the file still says what was imported: the same options at the same cost, and the same papers."""
    options = [(project.code, project.title[:160], project.cost) for project in election.projects]
    kept = list(known.options.order_by("position", "id").values_list("code", "title", "cost"))
    # Papers too few to be published were not kept; their number is what can be compared.
    if not known.count.papers_published:
        return options == kept and known.count.papers_count == len(election.papers)
    return options == kept and digest(known.count.papers) == digest(papers)


def _require_fits(election: Election, path: Path) -> None:
    if election.scale != SCALE:
        raise BadFile(f"{path.name} has sums finer than a hundredth. They cannot be shown as money here.")
    if any(len(project.code) > 40 for project in election.projects):
        raise BadFile(f"{path.name} has a project_id of more than 40 letters.")


def _method(election: Election) -> str:
    """A budget, save where a file of our own names another method that fits its votes."""
    named = election.meta.get("method", "")
    return named if OWN_METHODS.get(named) == election.vote_type else Ballot.Method.BUDGET


def _papers(election: Election, method: str) -> Iterator[dict[str, int]]:
    """For a budget, whoever names an option ticks it; points and places are not weighed."""
    for choices in election.papers:
        yield dict.fromkeys(choices, 1) if method == Ballot.Method.BUDGET else choices


def _make_ballot(community: Community, path: Path, election: Election, method: str) -> Ballot:
    meta, rule = election.meta, election.rule
    now = clock.now()
    ballot = Ballot(
        reference=next_reference("B"),
        community=community,
        question=(meta.get("description") or path.stem)[:160],
        about=_about(meta),
        method=method,
        budget=election.budget if method == Ballot.Method.BUDGET else 0,
        currency=(meta.get("currency") or "EUR")[:3],
        budget_rule=rule.budget_rule,
        completion=rule.completion,
        stop=rule.stop,
        step=rule.step,
        min_share=rule.min_share,
        seats=_whole(meta.get("seats", ""), 1),
        min_sample=_whole(meta.get("min_sample", ""), 1),
        seed=rule.seed,
        state=Ballot.State.CERTIFIED,
        opens_at=_moment(meta.get("date_begin", "")),
        closes_at=_moment(meta.get("date_end", ""), time(23, 59)),
        announced_at=now,
        counted_at=now,
        certified_at=now,
        options_count=len(election.projects),
        source_id=path.stem[:80],
        source_url=f"{SITE}/",
        official_winners=election.selected or None,
        submission=uuid.uuid4(),
    )
    ballot.save()
    Option.objects.bulk_create(
        Option(
            ballot=ballot,
            code=project.code,
            position=at,
            title=project.title[:160],
            about=project.fields.get("description", "")[:4000],
            cost=project.cost,
            origin=Option.Origin.SOURCE,
        )
        for at, project in enumerate(election.projects, start=1)
    )
    ballot.terms_sha256 = terms_digest(ballot, ballot.options.all())
    ballot.save(update_fields=["terms_sha256"])
    return ballot


def _count(ballot: Ballot, papers: str, how_many: int) -> None:
    options = list(ballot.options.all())
    published = how_many >= LEAST_PUBLISHED
    count = Count.objects.create(
        ballot=ballot,
        papers=papers,
        papers_count=how_many,
        papers_published=published,
        papers_sha256=digest(papers) if published else "",
    )
    result = counting.count(options_of(options), read_papers(papers), rule_of(ballot))
    keep_result(count, options, result)


def _about(meta: dict[str, str]) -> str:
    where = ", ".join(meta[name] for name in ("unit", "subunit", "country") if meta.get(name))
    return f"{where}\n\n{meta.get('comment', '')}".strip()[:4000]


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and 0 < int(text) < 1000 else otherwise


def _moment(text: str, clock_time: time = time(0)) -> datetime | None:
    """A day as the files write it: "31.03.2024", or a year alone."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%Y"):
        try:
            day = datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
        if pattern == "%Y" and clock_time != time(0):
            day = day.replace(month=12, day=31)
        return timezone.make_aware(datetime.combine(day, clock_time))
    return None
