"""Comments, and offers of help."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import SignedInRequest, filled_in, one_tap, signed_in
from proposals import lifecycle, permissions
from proposals.actions.talk import add_comment, make_offer, remove_comment, withdraw_offer
from proposals.exceptions import NotAllowed
from proposals.forms.talk import CommentForm, OfferForm
from proposals.models import Comment, Proposal
from proposals.personal_details import personal_details
from proposals.views.fetch import proposal_or_404
from words.keyset import page_of

ANSWERS_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@signed_in
def say(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A remark of one's own."""
    return _say(request, proposal_or_404(request, community, number), None)


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, community: str, number: int, slug: str, comment: UUID) -> HttpResponse:
    """One remark with every answer to it, for everyone; and for those with a seat, a place to answer."""
    proposal = proposal_or_404(request, community, number)
    parent = get_object_or_404(proposal.comments.select_related("author", "organisation"), pk=comment, parent=None)
    if request.method == "POST" or _may_say(request, proposal):
        return _answer(request, proposal, parent)
    return _say_page(request, proposal, parent, None)


@signed_in
def _answer(request: SignedInRequest, proposal: Proposal, parent: Comment) -> HttpResponse:
    return _say(request, proposal, parent)


def _say(request: SignedInRequest, proposal: Proposal, parent: Comment | None) -> HttpResponse:
    if not permissions.can_comment(request.user, proposal):
        raise NotAllowed(_("Join this community to say something here."))
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _say_page(request, proposal, parent, form)
    found = [] if form.cleaned_data["seen"] else personal_details(form.cleaned_data["body"])
    if found:
        return _say_page(request, proposal, parent, form, found)
    comment = filled_in(
        form,
        add_comment,
        proposal=proposal,
        acting_user=request.user,
        body=form.cleaned_data["body"],
        submission=form.cleaned_data["submission"],
        parent=parent,
    )
    if comment is None:
        return _say_page(request, proposal, parent, form)
    messages.success(request, _("What you said is on the page."))
    if parent is not None:
        return redirect("proposals:thread", proposal.community.slug, proposal.number, proposal.slug, parent.pk)
    return redirect(f"{proposal.get_absolute_url()}#talk")


def _say_page(
    request: HttpRequest,
    proposal: Proposal,
    parent: Comment | None,
    form: CommentForm | None,
    found: Sequence[object] = (),
) -> HttpResponse:
    page = None
    if parent is not None:
        answers = parent.replies.select_related("author", "organisation")
        page = page_of(answers, "id", params=request.GET, size=ANSWERS_A_PAGE)
    context = {
        "proposal": proposal,
        "community": proposal.community,
        "form": form,
        "parent": parent,
        "page": page,
        "found": found,
    }
    return render(request, "proposals/proposal_say.html", context)


def _may_say(request: HttpRequest, proposal: Proposal) -> bool:
    return lifecycle.may(proposal, "comment") and permissions.can_comment(request.user, proposal)


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: SignedInRequest, community: str, number: int, slug: str, comment: UUID) -> HttpResponse:
    """Its author takes a comment away. The page asks first: the words cannot be brought back."""
    proposal = proposal_or_404(request, community, number)
    row = get_object_or_404(proposal.comments.select_related("author", "organisation"), pk=comment)
    if not permissions.can_remove_comment(request.user, row):
        raise NotAllowed(_("Only its author can take a comment away."))
    url = f"{proposal.get_absolute_url()}#talk"
    if request.method == "POST":
        return one_tap(request, url, _("Your comment is gone."), remove_comment, comment=row)
    if row.removed_at:
        return redirect(url)
    context = {"proposal": proposal, "community": proposal.community, "comment": row}
    return render(request, "proposals/comment_remove.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def offer(request: SignedInRequest, community: str, number: int, slug: str) -> HttpResponse:
    """A resident offers help."""
    proposal = proposal_or_404(request, community, number)
    if not permissions.can_offer(request.user, proposal):
        raise NotAllowed(_("Only verified residents can offer help here."))
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = filled_in(form, make_offer, proposal=proposal, acting_user=request.user, **form.cleaned_data)
        if made is not None:
            messages.success(request, _("Your offer is on the page. Thank you."))
            return redirect(f"{proposal.get_absolute_url()}#offers")
    context = {"proposal": proposal, "community": proposal.community, "form": form}
    return render(request, "proposals/proposal_offer.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def take_offer_back(request: SignedInRequest, community: str, number: int, slug: str, offer: UUID) -> HttpResponse:
    proposal = proposal_or_404(request, community, number)
    row = get_object_or_404(proposal.offers, pk=offer)
    url = f"{proposal.get_absolute_url()}#offers"
    if request.method != "POST":
        return redirect(url)
    return one_tap(request, url, _("You took your offer back."), withdraw_offer, offer=row)
