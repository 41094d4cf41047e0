"""manage.py seed_load --proposals 10000: many made-up proposals and one open vote, for measuring."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from communities.models import Community
from demo.measured.vote import open_a_vote
from proposals.models import Proposal
from proposals.seeding.people import Place, make_place
from proposals.seeding.plan import draw_plans
from proposals.seeding.writing import Writer
from record import clock

CHUNK = 1000
MOST = 1_000_000
OF_THE_BENCH = "toptable_bench_"  # how the names of bin/bench's own databases begin


class Command(BaseCommand):
    """Proposals skip actions, record and notifications. Run twice (with --really), it makes twice as many of them."""

    help = "Make many proposals with supports, comments, answers, decisions and promises, and an open vote."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--proposals", type=int, required=True, help="how many proposals to add")
        parser.add_argument("--supports-each", type=int, default=20, help="the mean of supports (default 20)")
        parser.add_argument("--comments-each", type=int, default=2, help="the mean of comments (default 2)")
        parser.add_argument("--users", type=int, help="residents (default: a fifth of the proposals, 2,000 to 20,000)")
        parser.add_argument("--community", default="measured-place", help="short name of the community")
        parser.add_argument("--really", action="store_true", help="also into a database that is not the benchmark's")

    def handle(self, *args: Any, **options: Any) -> None:
        count, supports, comments = options["proposals"], options["supports_each"], options["comments_each"]
        users = options["users"] or min(max(count // 5, 2000), 20_000)
        if not 1 <= count <= MOST or not 1 <= supports <= users // 2 or not 0 <= comments <= 100:
            raise CommandError("Give at least one proposal, 0 to 100 comments, and two residents for each support.")
        if not options["really"]:
            _refuse_where_people_are()
        started = monotonic()
        threshold = max(1, supports * 3 // 4)
        place = make_place(slug=options["community"], users=users, threshold=threshold)
        self.stdout.write(f"{len(place.residents)} residents are here.")
        plans = draw_plans(
            count=count,
            first_number=place.community.last_proposal_number + 1,
            supports_each=supports,
            comments_each=comments,
            users=len(place.residents),
            threshold=threshold,
            now=clock.now(),
        )
        writer = Writer(place, threshold)
        for at in range(0, count, CHUNK):
            writer.write(plans[at : at + CHUNK])
            self.stdout.write(f"{min(at + CHUNK, count)} of {count} proposals, {monotonic() - started:.0f} seconds")
            self.stdout.flush()
        self._finish(place)

    def _finish(self, place: Place) -> None:
        ballot = open_a_vote(place.community)
        self.stdout.write(f"Vote {ballot.reference} is open, {ballot.eligible_count} may vote.")
        total = Proposal.objects.filter(community=place.community).count()
        self.stdout.write(self.style.SUCCESS(f"Done: {total} proposals in {place.community.get_absolute_url()}"))


def _refuse_where_people_are() -> None:
    """Made-up rows among real ones could not be told apart again."""
    name = str(connection.settings_dict["NAME"])
    if not name.startswith(OF_THE_BENCH):
        raise CommandError(f"{name} is not a database of bin/bench. To fill it with made-up rows, say --really.")
    if Community.objects.exists():
        raise CommandError(f"{name} is not empty. To add made-up rows to what is there, say --really.")
