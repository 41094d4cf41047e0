"""Lists of votes, and the page of one."""

from django.urls import URLPattern, path

from ballots.views import reading

urlpatterns: list[URLPattern] = [
    path("", reading.ballot_list, name="list"),
    path("<slug:reference>/", reading.detail, name="detail"),
]
site_urlpatterns: list[URLPattern] = [path("ballots/", reading.all_ballots, name="all")]
