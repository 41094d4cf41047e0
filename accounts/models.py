"""People. Their public face is a display name, which may be a pseudonym; nothing else here is ever public."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from record import clock
from record.ids import uuid7

if TYPE_CHECKING:
    from accounts.sessions import SessionStore


class UserAccounts(BaseUserManager["User"]):
    """Makes users. An e-mail address is the same whatever its case."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> "User":
        """A person; `email` may be None for somebody who takes part on paper."""
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An operator, made in the shell: whoever types the code sent to the address has confirmed it by that."""
        from allauth.account.models import EmailAddress

        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a sign-in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(
        _("e-mail address"), null=True, blank=True, unique=True
    )  # NULL: takes part on paper or by phone
    display_name = models.CharField(_("name that others see"), max_length=60)
    legal_name = models.CharField(_("full name"), max_length=120, blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    unread_notifications = models.PositiveIntegerField(default=0)  # kept by notifications

    objects = UserAccounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """No empty string as an address: two people without e-mail are not the same person."""
        self.email = self.email or None
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class Session(AbstractBaseSession):
    """A browser that somebody uses. It knows whose it is, so that a person can be signed out everywhere.

    No constraint asks whether the person is there: Django takes its refusal for a key that is in use already, and
    would try new ones for ever. A session of somebody who is gone is nobody's."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions", db_constraint=False)

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        from accounts.sessions import SessionStore

        return SessionStore

    def __str__(self) -> str:
        return "a session"  # never its key, which is as good as a password


class KeptForm(models.Model):
    """What somebody typed when their session had ended. Only the session that sent it knows its id; after two hours
    it is gone, and a vote's is gone at its close."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    path = models.CharField(max_length=2000)
    fields = models.JSONField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "a kept form"
