"""One event for many followers: python -m tools.bench.fan_out. Prints deliveries, seconds and memory as JSON."""

import json
import time

from django.contrib.auth.hashers import make_password
from django.db import connection

from tools.bench.stage import start

FEW, MANY = 5_000, 50_000


def main() -> None:
    """First for a few, so that everything is loaded; then for many. What more memory that took is its own."""
    from ballots.memory import peak_memory

    _tell(FEW)
    before = peak_memory()
    deliveries, seconds = _tell(MANY)
    facts = {"followers": MANY, "deliveries": deliveries, "seconds": round(seconds, 2)}
    print(json.dumps(facts | {"per_second": round(deliveries / seconds), "memory": round(peak_memory() - before, 1)}))


def _tell(followers: int) -> tuple[int, float]:
    """An author takes a proposal off the table, and the relay tells everybody who follows it."""
    from accounts.models import User
    from notifications.actions.relaying import relay_waiting_events
    from notifications.models import Delivery, Follow
    from proposals.actions.ending import withdraw_proposal
    from proposals.models import Proposal
    from record import clock
    from record.models import Event

    proposal = Proposal.objects.filter(state=Proposal.State.AWAITING_RESPONSE).order_by("-pk")[0]
    author = User.objects.get(proposals=proposal)
    _follow(User, Follow, proposal.pk, followers)
    Event.objects.filter(relayed_at=None).update(relayed_at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    withdraw_proposal(proposal=proposal, acting_user=author, reason="To see how long it takes to tell everybody.")
    before, started = Delivery.objects.count(), time.perf_counter()
    relay_waiting_events(seconds=600)
    seconds = time.perf_counter() - started
    return Delivery.objects.count() - before, seconds


def _follow(users: type, follows: type, subject: object, count: int) -> None:
    """New people, who follow nothing else. A few at a time: their memory must not hide that of the relay."""
    from proposals.seeding.quick import write_objects, write_rows
    from record import clock

    nobody_signs_in = make_password(None)
    columns = ("user_id", "subject_type", "subject_id", "why", "created_at")
    for at in range(0, count, FEW):
        people = [
            users(email=f"follower-{count}-{number}@nowhere.example", display_name="Follower", password=nobody_signs_in)
            for number in range(at, min(at + FEW, count))
        ]
        write_objects(users, people)
        write_rows(follows, columns, ((one.pk, "proposal", subject, "chose", clock.now()) for one in people))


if __name__ == "__main__":
    start()
    main()
