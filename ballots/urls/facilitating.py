"""What a facilitator does for a vote."""

from django.urls import URLPattern, path

from ballots.views import facilitate_batches, facilitate_entering, facilitate_preparing

BALLOT = "c/<slug:community>/facilitate/ballots/<slug:reference>"

urlpatterns: list[URLPattern] = [
    path("c/<slug:community>/facilitate/ballots/", facilitate_preparing.manage, name="manage"),
    path("c/<slug:community>/facilitate/ballots/new/", facilitate_preparing.new, name="new"),
    path(f"{BALLOT}/", facilitate_preparing.prepare, name="prepare"),
    path(f"{BALLOT}/terms/", facilitate_preparing.terms, name="terms"),
    path(f"{BALLOT}/options/", facilitate_preparing.option_add, name="option_add"),
    path(f"{BALLOT}/options/<uuid:option>/", facilitate_preparing.option_change, name="option_change"),
    path(f"{BALLOT}/announce/", facilitate_preparing.announce, name="announce"),
    path(f"{BALLOT}/cancel/", facilitate_preparing.cancel, name="cancel"),
    path(f"{BALLOT}/certify/", facilitate_preparing.certify, name="certify"),
    path(f"{BALLOT}/discard/", facilitate_preparing.discard, name="discard"),
    path(f"{BALLOT}/roll/", facilitate_entering.roll, name="roll"),
    path(f"{BALLOT}/papers/", facilitate_entering.papers, name="papers"),
    path(f"{BALLOT}/enter/", facilitate_entering.enter, name="enter"),
    path(f"{BALLOT}/batches/", facilitate_batches.batches, name="batches"),
    path(f"{BALLOT}/batches/<uuid:batch>/", facilitate_batches.batch, name="batch"),
    path("c/<slug:community>/ballots/<slug:reference>/paper/<str:code>/", facilitate_entering.paper, name="paper"),
]
