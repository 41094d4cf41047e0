"""Who sits in a community, for its facilitators: seats given and ended. Legal names are never shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from communities.actions.memberships import appoint_member, end_membership
from communities.actions.without_email import seat_without_email
from communities.forms import AppointForm, WithoutEmailForm
from communities.models import Membership
from communities.views.fetch import community_or_404, to_facilitate
from words.choices import Asked
from words.keyset import page_of


@never_cache
@require_safe
@signed_in
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """What a facilitator can do here."""
    community = to_facilitate(request, slug)
    return render(request, "communities/facilitate.html", {"community": community})


@never_cache
@require_safe
@signed_in
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Every current seat, newest first; `?role=` one kind."""
    community = to_facilitate(request, slug)
    seats = Membership.objects.current().filter(community=community).select_related("user", "organisation")
    asked = Asked(request.GET)
    role = asked.choice("role", Membership.Role.values)
    if role:
        seats = seats.filter(role=role)
    page = page_of(seats, "-joined_at", "-id", params=request.GET)
    context = {
        "community": community,
        "seats": page.rows,
        "page": page,
        "role": role,
        "roles": Membership.Role.choices,
        "unknown": asked.unknown,
    }
    return render(request, "communities/member_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def appoint(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a professional or facilitator a seat."""
    community = to_facilitate(request, slug)
    form = AppointForm(request.POST if request.method == "POST" else None, community=community)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True).first()
        if user is None:
            form.add_error("email", _("Nobody signs in with this address. Ask them to make an account first."))
        elif filled_in(
            form,
            appoint_member,
            community=community,
            acting_user=request.user,
            user=user,
            role=form.cleaned_data["role"],
            organisation=form.cleaned_data["organisation"],
            job_title=form.cleaned_data["job_title"],
        ):
            messages.success(request, _("%(name)s has a seat now.") % {"name": user.display_name})
            return redirect("communities:members", community.slug)
    return render(request, "communities/member_appoint.html", {"community": community, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def without_email(request: HttpRequest, slug: str) -> HttpResponse:
    """A seat for a resident who has no e-mail, by the code on their letter."""
    community = to_facilitate(request, slug)
    form = WithoutEmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seat = filled_in(form, seat_without_email, community=community, acting_user=request.user, **form.cleaned_data)
        if seat is not None:
            messages.success(request, _("%(name)s sits here now.") % {"name": seat.user.display_name})
            return redirect("communities:members", community.slug)
    return render(request, "communities/member_without_email.html", {"community": community, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a seat, after a page that says what that means."""
    community = to_facilitate(request, slug)
    seat = get_object_or_404(
        Membership.objects.current().filter(community=community).select_related("user", "organisation"), pk=pk
    )
    if seat.user_id == request.user.pk:
        return redirect("communities:leave", community.slug)
    if request.method == "POST":
        back = reverse("communities:members", args=[community.slug])
        return one_tap(request, back, _("The seat has ended."), end_membership, membership=seat)
    return render(request, "communities/member_end.html", {"community": community, "seat": seat})


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """End one's own seat, after a page that says what that means."""
    community = community_or_404(request, slug)
    seat = Membership.objects.current().filter(community=community, user_id=request.user.pk).first()
    if seat is None:  # a second tap, or never here
        return redirect(community)
    if request.method == "POST":
        # Where the community is private, it is out of sight from now on.
        said = _("You have left %(name)s.") % {"name": community.name}
        return one_tap(request, reverse("front:home"), said, end_membership, membership=seat)
    return render(request, "communities/member_leave.html", {"community": community, "seat": seat})
