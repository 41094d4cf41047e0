"""/feeds/… : what can be followed with a feed reader."""

from django.urls import path, re_path

from front.views import feeds

app_name = "feeds"
NAME = r"(?P<what>[a-z]+)\.(?P<form>[a-z]+)$"
urlpatterns = [
    path("", feeds.about, name="about"),
    re_path(rf"^{NAME}", feeds.site, name="site"),
    re_path(rf"^c/(?P<slug>[-\w]+)/{NAME}", feeds.community, name="community"),
    re_path(rf"^o/(?P<slug>[-\w]+)/{NAME}", feeds.organisation, name="organisation"),
]
