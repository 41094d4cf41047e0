"""Voting: the paper, the check, the receipt."""

from django.urls import URLPattern, path

from ballots.views import voting

BALLOT = "c/<slug:community>/ballots/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path(f"{BALLOT}/vote/", voting.vote, name="vote"),
    path(f"{BALLOT}/vote/check/", voting.check, name="check"),
    path(f"{BALLOT}/vote/drop/", voting.drop, name="drop"),
    path(f"{BALLOT}/vote/done/", voting.done, name="done"),
]
