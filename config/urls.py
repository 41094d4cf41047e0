"""The site map: which room answers which address."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from communities import urls as communities_urls
from front import community_urls

# Each address is looked for from the top: rooms with a prefix of their own come first, they are passed by at once.
urlpatterns = [
    path("api/webhooks/", include("webhooks.urls")),  # before the API, which answers every other address below /api/
    path("api/", include("api.urls")),
    path("c/<slug:community>/proposals/", include("proposals.urls")),
    path("", include("ballots.urls")),  # its prefixes are inside; early, for the last hour of a vote
    path("c/<slug:community>/facilitate/", include("proposals.facilitate_urls")),
    path("account/", include("accounts.urls")),
    path("desk/", include("proposals.desk_urls")),
    path("decisions/", include("decisions.urls")),
    path("inbox/", include("notifications.urls")),
    path("feeds/", include("front.feed_urls")),
    path("record/", include("front.record_urls")),
    path("open-data/", include("api.open_data_urls")),
    path("admin/", admin.site.urls),
    path("", include("front.urls")),
    path("", include((communities_urls.urlpatterns + community_urls.urlpatterns, "communities"))),
    path("", include("front.embed_urls")),
]

if settings.DEMO:  # to enter as somebody without a key: nowhere but in the demo
    urlpatterns.append(path("demo/", include("accounts.demo_urls")))

handler400 = "front.views.errors.bad_request"
handler403 = "front.views.errors.forbidden"
handler404 = "front.views.errors.not_found"
handler500 = "front.views.errors.server_error"
