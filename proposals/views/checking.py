"""The last step of tabling: read it once more, and put it on the table."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.refusals import SignedInRequest
from communities.models import Rule
from proposals.actions.drafting import table_proposal
from proposals.exceptions import NotAllowed, Refusal
from proposals.models import Proposal
from proposals.personal_details import personal_details
from proposals.views.fetch import step_url
from words.text import lines_of

STEP_OF = {  # the step on which a field is put right
    "outcome_wanted": "outcome",
    "we_can": "who",
    "need_help_with": "who",
    "only_they_can": "who",
    "title": "why",
    "case": "why",
    "topic": "topic",
    "organisations": "topic",
}


def check(request: SignedInRequest, draft: Proposal) -> HttpResponse:
    """Everything as it will be read. What is missing is said here with a link to its step."""
    refused: Refusal | None = None
    if request.method == "POST":
        if "leave" in request.POST:
            messages.success(request, _("Your draft is saved. Nobody else can see it until you table it."))
            return redirect("proposals:drafts", draft.community.slug)
        try:
            tabled = table_proposal(proposal=draft, acting_user=request.user)
        except NotAllowed:
            raise
        except Refusal as refusal:
            refused = refusal
        else:
            messages.success(request, _("Your proposal is on the table. Now ask your neighbours to back it."))
            return redirect(tabled.get_absolute_url())
    context = {
        "community": draft.community,
        "draft": draft,
        "rows": _rows(draft),
        "found": personal_details(
            draft.title, draft.outcome_wanted, draft.case, draft.we_can, draft.need_help_with, draft.only_they_can
        ),
        "refused": refused.message if refused else "",
        "refused_url": step_url(draft, STEP_OF.get(getattr(refused, "field", ""), "topic")) + "?back=check",
        "has_errors": refused is not None,
        "residents_decide": _residents_decide(draft),
        "number": 6,
        "of": 6,
        "numbers": range(1, 7),
    }
    return render(request, "proposals/draft_check.html", context)


def _residents_decide(draft: Proposal) -> bool:
    rule = draft.topic.rule if draft.topic else None
    return rule is not None and rule.who_decides == Rule.WhoDecides.RESIDENTS


def _rows(draft: Proposal) -> list[dict[str, Any]]:
    """For includes/summary_list.html, each with the way back to its step."""

    def row(name: Any, field: str, **shown: Any) -> dict[str, Any]:
        return {"name": name, "url": step_url(draft, STEP_OF[field]) + "?back=check", **shown}

    rows = [
        row(_("What you want to happen"), "outcome_wanted", value=draft.outcome_wanted),
        row(_("We can"), "we_can", things=lines_of(draft.we_can)),
        row(_("We need help with"), "need_help_with", things=lines_of(draft.need_help_with)),
        row(
            _("Only they can"),
            "only_they_can",
            things=lines_of(draft.only_they_can),
            value=_("Nothing. We can do this with some help.") if draft.needs_nothing_from_them else "",
        ),
        row(_("Title"), "title", value=draft.title),
        row(_("Why it matters"), "case", value=draft.case),
        row(_("What it is about"), "topic", value=draft.topic.name if draft.topic else ""),
    ]
    if not _residents_decide(draft):
        rows.append(row(_("Who should answer"), "organisations", value=_who_answers(draft)))
    return rows


def _who_answers(draft: Proposal) -> str:
    chosen = ", ".join(organisation.name for organisation in draft.organisations.all())
    if chosen or draft.topic is None or draft.topic.organisation is None:
        return chosen
    return str(draft.topic.organisation.name)
