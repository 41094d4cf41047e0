"""Decisions."""

from django.urls import path

from decisions.views import agreeing, reading, recording

app_name = "decisions"

urlpatterns = [
    path("", reading.decision_list, name="list"),
    path("agreement/<slug:community>/", agreeing.agreement_new, name="agreement_new"),
    path("new/<slug:community>/", recording.notice_new, name="notice_new"),
    path("<slug:reference>/", reading.decision_detail, name="detail"),
    path("<slug:reference>/overrule/", recording.overrule, name="overrule"),
]
