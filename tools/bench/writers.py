"""Eight processes that back proposals at once on the embedded database: python -m tools.bench.writers FOLDER.

The database is a new file in FOLDER, set up as `bin/serve` does it: WAL, forced to disk at each commit. Prints, as
JSON, the supports, seconds, supports a second, and how many were turned away by a lock.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from tools.bench.stage import start
from tools.environment import HOUSE, PYTHON

WRITERS, SECONDS = 8, 5
RESIDENTS, PROPOSALS = 2_000, 200


def main(folder: Path) -> None:
    """Make the place, let the writers loose, add up."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("seed_load", proposals=PROPOSALS, users=RESIDENTS, really=True, stdout=sys.stderr)
    writers = [_started(folder, number) for number in range(WRITERS)]
    for writer in writers:
        writer.stdout.readline()  # type: ignore[union-attr]  # it is ready
    for writer in writers:
        writer.stdin.write("go\n")  # type: ignore[union-attr]
        writer.stdin.flush()  # type: ignore[union-attr]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    supports, locked = (sum(each[name] for each in told) for name in ("supports", "locked"))
    facts = {"writers": WRITERS, "supports": supports, "seconds": SECONDS, "locked": locked}
    print(json.dumps(facts | {"per_second": round(supports / SECONDS)}))


def _started(folder: Path, number: int) -> subprocess.Popen[str]:
    command = [str(PYTHON), "-m", "tools.bench.writers", str(folder), str(number)]
    return subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def write(number: int) -> None:
    """One process: its share of the residents back what waits for an answer, one after another."""
    from django.db import OperationalError

    from communities.models import Membership
    from proposals.actions.backing import back_proposal
    from proposals.models import Proposal, Support

    waiting = list(Proposal.objects.filter(state=Proposal.State.AWAITING_RESPONSE).order_by("pk"))
    seats = Membership.objects.residents().select_related("user").order_by("user_id")
    people = [seat.user for seat in seats][number::WRITERS]
    there = set(Support.objects.filter(proposal__in=waiting).values_list("proposal_id", "user_id"))
    pairs = ((one, person) for one in waiting for person in people if (one.pk, person.pk) not in there)
    told = {"supports": 0, "locked": 0}
    print("ready", flush=True)
    sys.stdin.readline()
    until = time.monotonic() + SECONDS
    for proposal, person in pairs:
        if time.monotonic() >= until:
            break
        try:
            back_proposal(proposal=proposal, acting_user=person)
            told["supports"] += 1
        except OperationalError:
            told["locked"] += 1
    print(json.dumps(told))


if __name__ == "__main__":
    start()
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        write(int(sys.argv[2]))
