"""Pages of votes. Four files: reading, voting, results, and what facilitators do. Below one prefix each, so that an
address of another room is compared with a few patterns and not with thirty."""

from django.urls import URLPattern, URLResolver, include, path

from ballots.urls import facilitating, reading, results, voting

app_name = "ballots"

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "c/<slug:community>/ballots/",
        include([*voting.urlpatterns, *reading.urlpatterns, *results.urlpatterns, *facilitating.paper_urlpatterns]),
    ),
    path("c/<slug:community>/facilitate/ballots/", include(facilitating.urlpatterns)),
    *reading.site_urlpatterns,
    *results.site_urlpatterns,
]
