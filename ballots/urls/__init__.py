"""Pages of votes. Four files: reading, voting, what facilitators do, and results."""

from django.urls import URLPattern, URLResolver

from ballots.urls import facilitating, reading, results, voting

app_name = "ballots"

urlpatterns: list[URLPattern | URLResolver] = [
    *reading.urlpatterns,
    *voting.urlpatterns,
    *results.urlpatterns,
    *facilitating.urlpatterns,
]
