"""What facilitators do with proposals: /c/<community>/facilitate/…  Members and invitations are communities'."""

from django.urls import path

from proposals.views import facilitate, facilitate_merging

app_name = "facilitate"

urlpatterns = [
    path("call-in/", facilitate.call_in_choose, name="call_in"),
    path("call-in/<int:number>/", facilitate.call_in, name="call_in_one"),
    path("merge/", facilitate_merging.merge_choose, name="merge"),
    path("merge/<int:number>/", facilitate_merging.merge_into, name="merge_into"),
    path("merge/<int:number>/<int:into>/", facilitate_merging.merge, name="merge_both"),
    path("scrutiny/", facilitate.scrutiny, name="scrutiny"),
    path("meeting/", facilitate.meeting_choose, name="meeting"),
    path("meeting/<int:number>/", facilitate.meeting, name="meeting_one"),
]
