"""One table for a page, one for the API, one that grows; and those of a backing. `migrate --run-syncdb` makes them."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone


class Line(models.Model):
    """What a list shows, behind one index."""

    place = models.IntegerField()
    score = models.IntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: "models.Manager[Line]" = models.Manager()

    class Meta:
        app_label = "limit"
        indexes = [models.Index(fields=["place", "-score", "-id"], name="limit_best_first")]

    def __str__(self) -> str:
        return self.title


class Ruling(models.Model):
    """The columns of a decision in the open API, all in one row: what is joined there, or worked out, is kept here."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=20)
    url = models.CharField(max_length=200)
    html_url = models.CharField(max_length=200)
    title = models.CharField(max_length=160)
    summary = models.TextField()
    decided_on = models.DateField()
    outcome = models.CharField(max_length=20)
    decided_by = models.CharField(max_length=40)
    overruled = models.BooleanField(default=False)
    overrules = models.JSONField(null=True)
    overruled_by = models.JSONField(null=True)
    reasons = models.TextField()
    community = models.JSONField()
    topic = models.JSONField(null=True)
    organisations = models.JSONField()
    basis = models.JSONField()
    proposals = models.JSONField()
    supports = models.IntegerField(default=0)
    comments = models.IntegerField(default=0)
    eligible = models.IntegerField(null=True)
    voted = models.IntegerField(null=True)
    turnout = models.FloatField(null=True)
    response_working_days = models.IntegerField(null=True)
    commitments_open = models.IntegerField(default=0)
    commitments_kept = models.IntegerField(default=0)
    commitments_broken = models.IntegerField(default=0)
    record_sequence = models.BigIntegerField(null=True)
    record_hash = models.CharField(max_length=64, blank=True)
    created = models.DateTimeField()
    updated = models.DateTimeField()

    objects: "models.Manager[Ruling]" = models.Manager()

    class Meta:
        app_label = "limit"
        indexes = [models.Index(fields=["-decided_on", "-id"], name="limit_newest_first")]

    def __str__(self) -> str:
        return self.reference


class Mark(models.Model):
    """One row for each POST: who marked which line, once each, as a backing is."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE)
    person = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)  # noqa: TID251 - bare Django

    objects: "models.Manager[Mark]" = models.Manager()

    class Meta:
        app_label = "limit"
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="limit_one_mark_each")]

    def __str__(self) -> str:
        return f"mark of {self.person}"


class Person(AbstractBaseUser):
    """Who is signed in, as /backing needs it."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: "models.Manager[Person]" = models.Manager()

    class Meta:
        app_label = "limit"

    def __str__(self) -> str:
        return self.email


class Seat(models.Model):
    """Where somebody may back."""

    place = models.IntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    objects: "models.Manager[Seat]" = models.Manager()

    class Meta:
        app_label = "limit"
        constraints = [models.UniqueConstraint(fields=["place", "person"], name="limit_one_seat_each")]

    def __str__(self) -> str:
        return f"seat of {self.person}"


class Idea(models.Model):
    """What is backed, with its kept count, behind the one index that a list by support needs."""

    place = models.IntegerField()
    score = models.IntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    changed_at = models.DateTimeField()

    objects: "models.Manager[Idea]" = models.Manager()

    class Meta:
        app_label = "limit"
        indexes = [models.Index(fields=["place", "-score", "-id"], name="limit_most_backed_first")]

    def __str__(self) -> str:
        return self.title


class Backing(models.Model):
    """Who backs which idea, once each."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    made_at = models.DateTimeField(default=timezone.now)  # noqa: TID251 - bare Django

    objects: "models.Manager[Backing]" = models.Manager()

    class Meta:
        app_label = "limit"
        constraints = [models.UniqueConstraint(fields=["idea", "person"], name="limit_one_backing_each")]

    def __str__(self) -> str:
        return f"backing of {self.person}"


class Event(models.Model):
    """What has happened, for whoever is to be told."""

    kind = models.CharField(max_length=60)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    payload = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)  # noqa: TID251 - bare Django

    objects: "models.Manager[Event]" = models.Manager()

    class Meta:
        app_label = "limit"

    def __str__(self) -> str:
        return self.kind
