"""`manage.py create_community NAME --facilitator EMAIL`: the first table of a new site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from communities.actions.communities import create_community
from communities.exceptions import Refusal
from communities.models import Organisation


class Command(BaseCommand):
    help = "Open a community with its first facilitator. Acts as the operator given by --operator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--facilitator", required=True, metavar="EMAIL", help="who facilitates; has an account")
        parser.add_argument("--operator", metavar="EMAIL", help="a staff account; the first superuser if not given")
        parser.add_argument("--slug", default="", help="its address, /c/SLUG/; made from the name if not given")
        parser.add_argument("--place", default="")
        parser.add_argument("--private", action="store_true", help="only its members see it")
        parser.add_argument("--country", default="GB", help="whose bank holidays are no working days")
        parser.add_argument("--subdivision", default="ENG")
        parser.add_argument("--organisation", action="append", default=[], metavar="SLUG", help="may be given again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says the new address; CommandError for what is missing or refused."""
        try:
            community = create_community(
                acting_user=self._operator(options["operator"]),
                name=options["name"],
                slug=options["slug"],
                place=options["place"],
                is_public=not options["private"],
                country=options["country"],
                subdivision=options["subdivision"],
                organisations=[self._organisation(slug) for slug in options["organisation"]],
                facilitator=self._user(options["facilitator"]),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"{community.name} is open at {community.get_absolute_url()}")

    def _operator(self, email: str | None) -> User:
        if email:
            return self._user(email)
        operator = User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined").first()
        if operator is None:
            raise CommandError("There is no operator yet. Run createsuperuser first.")
        return operator

    def _user(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        return user

    def _organisation(self, slug: str) -> Organisation:
        organisation: Organisation | None = Organisation.objects.filter(slug=slug).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {slug}. Make it in the admin first.")
        return organisation
