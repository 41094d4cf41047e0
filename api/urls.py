"""The open API: the guide for people, version 1, and a problem document for any other address."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from api import pages
from api.nothing_here import NothingHereView
from api.part_views import PartView
from api.record_views import (
    CheckpointListView,
    CheckpointView,
    ConsistencyView,
    InclusionView,
    LineView,
    RecordListView,
    WordListView,
)
from api.v1 import RESOURCES
from api.v1.record import CHECKPOINTS, RECORD
from api.v1.record_words import WORDS
from api.views import DetailView, ListView, RootView

app_name = "api"

v1: list[URLPattern | URLResolver] = [
    path("", RootView.as_view(resources=(*RESOURCES, RECORD, CHECKPOINTS, WORDS)), name="root"),
    path("schema/", pages.SchemaView.as_view(), name="schema"),
    path("docs/", pages.docs, name="docs"),
]
for resource in RESOURCES:
    v1 += [
        path(f"{resource.name}/", ListView.as_view(resource=resource), name=f"{resource.name}-list"),
        path(f"{resource.name}/<uuid:id>/", DetailView.as_view(resource=resource), name=f"{resource.name}-detail"),
    ]
    v1 += [
        path(
            f"{resource.name}/<uuid:id>/{part.name}/",
            PartView.as_view(resource=resource, part=part),
            name=f"{resource.name}-{part.name}",
        )
        for part in resource.parts
    ]

# The record goes by numbers, and has proofs.
v1 += [
    path("record/", RecordListView.as_view(resource=RECORD), name="record-list"),
    path("record/<line:id>/", LineView.as_view(resource=RECORD), name="record-line"),
    path("record/checkpoints/", CheckpointListView.as_view(resource=CHECKPOINTS), name="record-checkpoints"),
    path("record/checkpoints/<line:id>/", CheckpointView.as_view(resource=CHECKPOINTS), name="record-checkpoint"),
    path("record/words/", WordListView.as_view(resource=WORDS), name="record-words"),
    path("record/consistency/", ConsistencyView.as_view(), name="record-consistency"),
    path("record/inclusion/", InclusionView.as_view(), name="record-inclusion"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.guide, name="guide"),
    path("v1/", include(v1)),
    re_path(r"^[\s\S]+$", NothingHereView.as_view(resources=RESOURCES)),
]
