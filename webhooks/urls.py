"""Webhooks: nobody needs an account, the links in the mails are the key."""

from django.urls import path

from webhooks.views import managing, subscribing

app_name = "webhooks"
urlpatterns = [
    path("", subscribing.subscribe_page, name="subscribe"),
    path("sent/", subscribing.sent, name="sent"),
    path("lost/", subscribing.lost, name="lost"),
    path("confirm/<str:token>/", subscribing.confirm_page, name="confirm"),
    path("<str:token>/", managing.manage, name="manage"),
    path("<str:token>/secret/", managing.rotate, name="rotate"),
    path("<str:token>/test/", managing.test, name="test"),
    path("<str:token>/replay/", managing.replay_page, name="replay"),
    path("<str:token>/pause/", managing.pause_page, name="pause"),
    path("<str:token>/resume/", managing.resume_page, name="resume"),
    path("<str:token>/end/", managing.end, name="end"),
]
