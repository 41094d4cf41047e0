"""What operators may look at of people. Nothing is changed here: whoever could write an address that counts as verified
could sign in as anybody."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

from accounts.admin_rows import ReadOnlyAdmin
from accounts.models import User

for model in (EmailAddress, Authenticator, Group):  # their apps list them, to be written in
    admin.site.unregister(model)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Who has an account. Names, addresses and rights change elsewhere, by the person or in the shell."""

    list_display = ["display_name", "email", "is_active", "is_staff", "date_joined"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email"]
    fields = ["display_name", "email", "is_active", "is_staff", "date_joined", "last_login", "erased_at"]
