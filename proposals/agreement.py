"""How people answered a proposal, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proposals.models import Proposal


def agreement_in_words(proposal: Proposal) -> str:
    """ "8 of 10 people agree, 1 disagrees, 1 passes". Empty where nobody answered."""
    agree, disagree, passes = proposal.agree_count, proposal.disagree_count, proposal.pass_count
    total = proposal.answers_count
    if not total:
        return ""
    if total == 1:
        return _("1 person agrees") if agree else _("1 person disagrees") if disagree else _("1 person passes")
    words = [ngettext("%(n)s of %(all)s people agrees", "%(n)s of %(all)s people agree", agree)]
    if disagree:
        words.append(ngettext("%(no)s disagrees", "%(no)s disagree", disagree))
    if passes:
        words.append(ngettext("%(pass)s passes", "%(pass)s pass", passes))
    numbers = {"n": agree, "all": total, "no": disagree, "pass": passes}
    return ", ".join(words) % {name: f"{number:,}" for name, number in numbers.items()}
