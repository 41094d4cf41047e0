"""What a facilitator does for a vote."""

from django.urls import URLPattern, path

from ballots.views import facilitate_batches, facilitate_entering, facilitate_preparing

urlpatterns: list[URLPattern] = [
    path("", facilitate_preparing.manage, name="manage"),
    path("new/", facilitate_preparing.new, name="new"),
    path("<slug:reference>/", facilitate_preparing.prepare, name="prepare"),
    path("<slug:reference>/terms/", facilitate_preparing.terms, name="terms"),
    path("<slug:reference>/options/", facilitate_preparing.option_add, name="option_add"),
    path("<slug:reference>/options/<uuid:option>/", facilitate_preparing.option_change, name="option_change"),
    path("<slug:reference>/announce/", facilitate_preparing.announce, name="announce"),
    path("<slug:reference>/cancel/", facilitate_preparing.cancel, name="cancel"),
    path("<slug:reference>/certify/", facilitate_preparing.certify, name="certify"),
    path("<slug:reference>/discard/", facilitate_preparing.discard, name="discard"),
    path("<slug:reference>/roll/", facilitate_entering.roll, name="roll"),
    path("<slug:reference>/papers/", facilitate_entering.papers, name="papers"),
    path("<slug:reference>/enter/", facilitate_entering.enter, name="enter"),
    path("<slug:reference>/batches/", facilitate_batches.batches, name="batches"),
    path("<slug:reference>/batches/<uuid:batch>/", facilitate_batches.batch, name="batch"),
]
paper_urlpatterns: list[URLPattern] = [
    path("<slug:reference>/paper/<str:code>/", facilitate_entering.paper, name="paper"),
]
