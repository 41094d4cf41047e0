"""Communities: lists, the agreement, joining, and what facilitators do with members and invitations.

The pages of a community and of an organisation look into other rooms, so they are front's; they share this
namespace (config.urls puts the two lists together).
"""

from django.urls import path

from communities.views import inviting, joining, members, places

urlpatterns = [
    path("c/", places.community_list, name="list"),
    path("c/<slug:slug>/agreement/", places.agreement, name="agreement"),
    path("c/<slug:slug>/join/", joining.join, name="join"),
    path("c/<slug:slug>/leave/", members.leave, name="leave"),
    path("join/", joining.join, name="join_anywhere"),
    path("join/<str:code>/", joining.join, name="join_by_link"),
    path("c/<slug:slug>/facilitate/", members.dashboard, name="facilitate"),
    path("c/<slug:slug>/facilitate/members/", members.members, name="members"),
    path("c/<slug:slug>/facilitate/members/new/", members.appoint, name="appoint"),
    path("c/<slug:slug>/facilitate/members/paper/", members.without_email, name="without_email"),
    path("c/<slug:slug>/facilitate/members/<int:pk>/end/", members.end, name="end_seat"),
    path("c/<slug:slug>/facilitate/invitations/", inviting.invitations, name="invitations"),
    path("c/<slug:slug>/facilitate/invitations/email/", inviting.invite_by_email, name="invite_by_email"),
    path("c/<slug:slug>/facilitate/invitations/<uuid:pk>/revoke/", inviting.revoke, name="revoke"),
    path("c/<slug:slug>/facilitate/letters/", inviting.letters, name="letters"),
    path("c/<slug:slug>/facilitate/letters/<uuid:pk>/", inviting.letters, name="letter"),
]
