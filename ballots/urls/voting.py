"""Voting: the paper, the check, the receipt."""

from django.urls import URLPattern, path

from ballots.views import voting

urlpatterns: list[URLPattern] = [
    path("<slug:reference>/vote/", voting.vote, name="vote"),
    path("<slug:reference>/vote/check/", voting.check, name="check"),
    path("<slug:reference>/vote/drop/", voting.drop, name="drop"),
    path("<slug:reference>/vote/done/", voting.done, name="done"),
]
