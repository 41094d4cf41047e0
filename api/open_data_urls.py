"""/open-data/ : every dataset as files, what their columns mean, and what was put right."""

from django.urls import path, re_path

from api import open_data

app_name = "open_data"
urlpatterns = [
    path("", open_data.index, name="index"),
    path("fresh/", open_data.fresh, name="fresh"),
    path("dictionary/", open_data.dictionary, name="dictionary"),
    path("corrections/", open_data.corrections, name="corrections"),
    re_path(r"^corrections\.(?P<form>csv|ndjson)$", open_data.corrections_file, name="corrections_file"),
    re_path(r"^files/(?P<name>[a-z-]+\.(?:csv|ndjson|json))$", open_data.newest_file, name="file"),
    re_path(
        r"^files/(?P<snapshot>[0-9a-f-]{36})/(?P<name>[a-z-]+\.(?:csv|ndjson|json))$", open_data.file, name="kept_file"
    ),
]
