"""/embed/… : pages made to stand inside other sites, and /oembed/, which tells those sites how."""

from django.urls import path

from front.views import embeds

app_name = "embed"
urlpatterns = [
    path("embed/decisions/<slug:reference>/", embeds.decision, name="decision"),
    path("embed/waiting/", embeds.waiting, name="waiting"),
    path("oembed/", embeds.oembed, name="oembed"),
]
