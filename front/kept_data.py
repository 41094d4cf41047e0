"""What the site keeps about people, why, and for how long. The privacy page is made from this list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kept:
    """One kind of data about a person."""

    what: str | Promise
    why: str | Promise
    who_sees: str | Promise
    how_long: str | Promise


KEPT: tuple[Kept, ...] = (
    Kept(
        _("Your e-mail address"),
        _("To sign you in, and to tell you what happens to the things you care about"),
        _("Nobody but the people who run this site"),
        _("Until you close your account"),
    ),
    Kept(
        _("The name that others see"),
        _("So that neighbours know who speaks. It need not be your real name"),
        _("Everyone who can see the page"),
        _("Until you close your account. Then it says “Former resident”, or “Former member of staff”"),
    ),
    Kept(
        _("Your full name, phone number and address, if you give them"),
        _("To send you paper, or to ring you, if you ask for that"),
        _("You, and the people who run this site"),
        _("Until you take them out or close your account"),
    ),
    Kept(
        _("Where you live, as a block or street"),
        _("To show which part of the community speaks"),
        _("Everyone who can see the page, beside your name"),
        _("While you have a seat in the community"),
    ),
    Kept(
        _("What you table, say, offer and promise"),
        _("It is the work of this site: done in the open"),
        _("Everyone who can see the community"),
        _(
            "For good, unless you take it away. If you are erased, your comments and offers go, "
            "and a proposal stays without your name"
        ),
    ),
    Kept(
        _("Which proposals you back, and whether you say that an answer answers it"),
        _("To count each resident once"),
        _("Nobody. Only the numbers are shown"),
        _("Until you take it back. If you are erased, the number stays and your name does not"),
    ),
    Kept(
        _("Whether you agree, disagree or pass on a proposal"),
        _("To count each resident once, and to draw the map of where people agree"),
        _("Nobody. Only the numbers are shown, and places on the map without names"),
        _("Until you take it back. If you are erased, it stays under a number that leads to nobody"),
    ),
    Kept(
        _("Whether you voted, and if it was online, on paper or by phone"),
        _("So that each person votes once, and the number of voters can be checked"),
        _("You. A facilitator who enters paper votes sees whether you have voted, never how"),
        _("For good. If you are erased, the line on the roll stays and leads to nobody"),
    ),
    Kept(
        _("How you vote, while the vote is open"),
        _("So that you can change it until the close"),
        _("You. It lies under a key of its own, not under your name"),
        _("Until the close. Then the key is destroyed, and nobody can tell which vote was yours"),
    ),
    Kept(
        _("What you chose in a vote and have not sent yet"),
        _("So that you can go on where you stopped"),
        _("You"),
        _("Until you vote or drop it, and at the latest until the close"),
    ),
    Kept(
        _("The votes that were counted, and their receipts"),
        _("So that anyone can count again, and each voter can find their receipt"),
        _("Everyone, if ten or more voted. There is no name on them, and no time"),
        _("For good. They are about no person that anyone could name"),
    ),
    Kept(
        _("Your password, passkeys and second factor, if you use them"),
        _("To sign you in"),
        _("Nobody. A password is kept only as a sum that cannot be turned back"),
        _("Until you take them out or close your account"),
    ),
    Kept(
        _("That you are signed in"),
        _("So that you need not sign in on each page"),
        _("Nobody"),
        _("30 days after your last visit, or until you sign out"),
    ),
    Kept(
        _("What we told you, and whether the message left us"),
        _("To tell you each thing once, and to try again when an e-mail fails"),
        _("You, and the people who run this site"),
        _("Until you close your account"),
    ),
    Kept(
        _("Your e-mail address, if you ask for the checkpoints of the record"),
        _("To send you each checkpoint, so that a copy lies with you"),
        _("Nobody but the people who run this site"),
        _("Until you press the link at the end of such an e-mail. One week, if you do not confirm it"),
    ),
    Kept(
        _("What you typed in a form, if the page lay open for too long"),
        _("So that you need not type it again"),
        _("Nobody"),
        _("Two hours"),
    ),
    Kept(
        _("The e-mail address or note on an invitation"),
        _("To send you the code that lets you join"),
        _("The facilitator who invites you, and the people who run this site"),
        _("Until you close your account"),
    ),
    Kept(
        _("Wrong invitation codes that were tried, with the internet address"),
        _("To stop people who guess codes"),
        _("The people who run this site"),
        _("One day"),
    ),
    Kept(
        _("The e-mail address of a webhook"),
        _("To confirm it, to send you its link, and to tell you when nothing arrives any more"),
        _("The people who run this site"),
        _("Until you end the webhook; seven days if you do not confirm it; 90 days after it was switched off"),
    ),
)
