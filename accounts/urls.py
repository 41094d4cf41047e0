"""People: sign-in (allauth's pages and names), account, data, erasure."""

from allauth.account import urls as allauth_urls
from allauth.account import views as allauth_views
from django.urls import include, path

from accounts.views import account

own = (
    [
        path("", account.account, name="account"),
        path("download/", account.download, name="download"),
        path("erase/", account.erase, name="erase"),
        path("kept/", account.kept, name="kept"),
    ],
    "accounts",
)

# The page that asks for a code is the first one; the password has a page of its own behind it.
MOVED = {"account_login", "account_request_login_code"}

urlpatterns = [
    path("", include(own)),
    path("login/", allauth_views.request_login_code, name="account_request_login_code"),
    path("login/password/", allauth_views.login, name="account_login"),
    *(page for page in allauth_urls.urlpatterns if page.name not in MOVED),
    path("2fa/", include("allauth.mfa.urls")),
]
