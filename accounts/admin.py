"""The operators' pages: signed in to through the site's own door, second factor and limits included."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User


class TopTableAdminSite(admin.AdminSite):
    """The stock admin behind the site's own sign-in."""

    site_header = site_title = "Top Table"

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Sign in as everywhere; somebody signed in who is no operator is told so, not sent round in a circle."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.get_full_path())


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Who has an account. Names, addresses and rights change elsewhere, by the person or in the shell."""

    list_display = ["display_name", "email", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email"]
    fields = ["display_name", "email", "is_active", "is_staff", "date_joined", "last_login", "erased_at"]
    readonly_fields = ["display_name", "email", "is_staff", "date_joined", "last_login", "erased_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
