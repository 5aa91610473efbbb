"""`reset_second_factor`: for whoever has lost the phone and the recovery codes."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.adapters import post_about_keys


class Command(BaseCommand):
    """Take the second factor off an account and sign it out everywhere; its owner is written to."""

    help = "Take a lost second factor off an account, named by its e-mail address or user name."

    def add_arguments(self, parser):
        """Whose."""
        parser.add_argument("email", metavar="EMAIL")

    @transaction.atomic
    def handle(self, email, **options):
        """Take it off. Somebody with two accounts of one address names the user instead."""
        users = get_user_model().objects
        found = users.filter(email__iexact=email) or users.filter(username__iexact=email)
        if len(found) != 1:
            raise CommandError(f"{len(found)} accounts are called {email}; expected one.")
        user = found[0]
        Authenticator.objects.filter(user=user).delete()
        user.end_sessions()
        if user.email:
            post_about_keys(user.email, "atsietas antras žingsnis", timezone.now())
        self.stdout.write(f"{user}: antro žingsnio nebėra, atsijungta visur.\n")
