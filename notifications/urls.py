"""The inbox."""

from django.urls import path

from notifications.views import following, inbox, preferences, unsubscribe

app_name = "inbox"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:pk>/", inbox.open_notification, name="open"),
    path("read/", inbox.read_all, name="read_all"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("following/", following.following, name="following"),
    path("follow/", following.follow, name="follow"),
    path("unfollow/", following.unfollow, name="unfollow"),
    path("mute/", following.mute, name="mute"),
    path("unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
]
