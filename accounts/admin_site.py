"""The admin signs in where everybody does: through allauth, second factor and limits included."""

from django.contrib.admin.apps import AdminConfig


class TopTableAdminConfig(AdminConfig):
    default_site = "accounts.operators_site.TopTableAdminSite"
