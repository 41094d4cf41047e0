"""Decisions."""

from django.urls import path

from decisions.views import reading, recording

app_name = "decisions"

urlpatterns = [
    path("", reading.decision_list, name="list"),
    path("new/<slug:community>/", recording.notice_new, name="notice_new"),
    path("<slug:reference>/", reading.decision_detail, name="detail"),
    path("<slug:reference>/overrule/", recording.overrule, name="overrule"),
]
