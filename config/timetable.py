"""When the beat sets which work going, whatever anybody does on the site."""

from typing import Any

from celery.schedules import crontab


def _sweep(task: str, schedule: float | crontab, expires: int) -> dict[str, Any]:
    """One line of the timetable. What waited longer than `expires` seconds is dropped: the next one does its work."""
    return {"task": task, "schedule": schedule, "options": {"expires": expires}}


# Each of these finds its work in the database, does it once, and may be run at any time by anybody.
TIMETABLE = {
    "relay-outbox": _sweep("notifications.tasks.relay_events", 20.0, 60),
    "send-deliveries": _sweep("notifications.tasks.send_due_deliveries", 30.0, 60),
    "record-clock-crossings": _sweep("proposals.tasks.record_clock_crossings", crontab(minute="*/15"), 900),
    "lapse-proposals": _sweep("proposals.tasks.lapse_proposals", crontab(minute=5), 3600),
    "decide-standing-answers": _sweep("proposals.tasks.decide_standing_answers", crontab(minute=10), 3600),
    "confirm-undisputed": _sweep("proposals.tasks.confirm_undisputed_commitments", crontab(minute=15), 3600),
    "find-common-ground": _sweep("proposals.tasks.find_common_ground", crontab(minute="*/3"), 170),
    "run-ballots": _sweep("ballots.tasks.open_and_close_ballots", 10.0, 30),
    "count-ballots": _sweep("ballots.tasks.count_closed_ballots", 20.0, 60),
    "certify-ballots": _sweep("ballots.tasks.certify_counted_ballots", crontab(minute=35), 3600),
    "check-record": _sweep("record.tasks.check_record", crontab(hour=2, minute=20), 3600),
    "make-checkpoint": _sweep("record.tasks.make_checkpoint", crontab(minute="*/15"), 900),
    "send-checkpoints": _sweep("notifications.tasks.send_checkpoints", 60.0, 60),
    "send-webhooks": _sweep("webhooks.tasks.send_webhooks", 10.0, 30),
    "send-webhook-letters": _sweep("webhooks.tasks.send_webhook_letters", 20.0, 60),
    "forget-old-webhooks": _sweep("webhooks.tasks.forget_old_webhooks", crontab(hour=3, minute=45), 3600),
    "remind-of-due-dates": _sweep("notifications.tasks.remind_of_due_dates", crontab(minute=20), 3600),
    "forget-wrong-codes": {"task": "communities.tasks.forget_old_guesses", "schedule": crontab(minute=25)},
    "send-invitations": _sweep("communities.tasks.send_invitations", 60.0, 60),
    "forget-old-typing": _sweep("accounts.tasks.forget_old_typing", crontab(minute="*/10"), 600),
    "make-open-data": _sweep("api.tasks.make_snapshot", crontab(hour=2, minute=40), 6 * 3600),
    "make-asked-open-data": _sweep("api.tasks.make_asked_snapshot", 60.0, 60),
    "tidy-sessions": _sweep("accounts.tasks.clear_expired_sessions", crontab(hour=3, minute=30), 3600),
}
