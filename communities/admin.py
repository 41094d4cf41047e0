"""What operators do: open communities with their first facilitator, and keep the list of organisations.

A new community and a new seat go through the same actions as everywhere. Invitations are not here: an
operator has no business with the doors that they go to. Nor are agreements: facilitators record those.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_rows import ModelAdmin, ReadOnlyAdmin
from accounts.models import User
from communities.actions.communities import create_community, touch_organisations
from communities.models import Agreement, Community, Membership, Organisation, Topic
from record.renaming import tell_renamed
from words.text import clean_line

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Community]
else:
    ModelForm = forms.ModelForm

KEPT_BY_ACTIONS = ["residents_count", "proposals_count"]


class NewCommunityForm(ModelForm):
    """A community to open. The action makes it, so that the record has it too."""

    facilitator_email = forms.EmailField(
        label=_("E-mail address of the first facilitator"), help_text=_("They need an account first.")
    )

    class Meta:
        model = Community
        fields = ["name", "slug", "summary", "place", "homes", "is_public", "country", "subdivision", "organisations"]

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_facilitator_email(self) -> User:
        user = User.objects.filter(email__iexact=self.cleaned_data["facilitator_email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Nobody signs in with this address."))
        return user


def tell_of_name(thing: Community | Organisation, form: Any) -> None:
    """Where the form gives it another name, every row that shows it has changed."""
    if "name" in form.changed_data:
        tell_renamed(thing)


@admin.register(Community)
class CommunityAdmin(ModelAdmin):
    """New ones by the action; afterwards only the words about a place change here."""

    list_display = ["name", "place", "is_public", "residents_count", "proposals_count"]
    list_filter = ["is_public", "country"]
    search_fields = ["name", "place", "slug"]
    filter_horizontal = ["organisations"]
    show_full_result_count = False

    def get_form(self, request: HttpRequest, obj: Community | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            return NewCommunityForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Community | None = None) -> Any:
        if obj is None:
            return [*NewCommunityForm.Meta.fields, "facilitator_email"]
        words = ["name", "summary", "place", "homes", "organisations"]
        return [*words, *self.get_readonly_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Community | None = None) -> Any:
        """The address, who may see it and which holidays count are settled when it opens."""
        return ["slug", "is_public", "country", "subdivision", *KEPT_BY_ACTIONS] if obj else []

    def save_model(self, request: HttpRequest, obj: Community, form: Any, change: bool) -> None:
        if change:
            tell_of_name(obj, form)
            super().save_model(request, obj, form, change)
            return
        words = dict(form.cleaned_data)
        made = create_community(
            acting_user=request.user,  # type: ignore[arg-type]
            facilitator=words.pop("facilitator_email"),
            **words,
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Organisations come to the table and leave it here: their own rows say so too."""
        seated = form.instance.organisations.values_list("pk", flat=True)
        before = set(seated)
        super().save_related(request, form, formsets, change)
        touch_organisations(form.instance, before ^ set(seated.all()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ModelAdmin):
    """Who can be asked. The counts are kept by what they do."""

    list_display = ["name", "sector", "asks_count", "answers_count", "answers_on_time_count"]
    list_filter = ["sector"]
    search_fields = ["name"]
    fields = ["name", "slug", "sector", "summary", "second_pair_of_eyes"]
    prepopulated_fields = {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Organisation | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        if change:
            tell_of_name(obj, form)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "community", "role", "organisation", "joined_at", "ended_at"]
    list_filter = ["role"]
    list_select_related = ["user", "community", "organisation"]
    search_fields = ["user__email", "community__name"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["community", "version", "agreed_on", "how_agreed"]
    list_select_related = ["community"]


@admin.register(Topic)
class TopicAdmin(ReadOnlyAdmin):
    """Topics come and go with versions of the agreement."""

    list_display = ["name", "community", "rule", "organisation"]
    list_select_related = ["community", "rule__topic", "organisation"]
    search_fields = ["name", "community__name"]
