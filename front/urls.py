"""The front door: what anyone sees first, and what the site says of itself."""

from django.urls import path

from front.views import about, find, home, waiting

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("find/", find.find, name="find"),
    path("help/", about.help_page, name="help"),
    path("promises/", about.promises, name="promises"),
    path("privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("robots.txt", about.robots, name="robots"),
    path(".well-known/security.txt", about.security, name="security"),
]
