"""Lists of votes, and the page of one."""

from django.urls import URLPattern, path

from ballots.views import reading

urlpatterns: list[URLPattern] = [
    path("ballots/", reading.all_ballots, name="all"),
    path("c/<slug:community>/ballots/", reading.ballot_list, name="list"),
    path("c/<slug:community>/ballots/<slug:reference>/", reading.detail, name="detail"),
]
