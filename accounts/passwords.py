"""What a password must be: long, and not what anybody would guess here. No rules about kinds of characters."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.middleware import is_staff
from core.models import SiteSettings
from lithuanian import plurals
from lithuanian.folding import fold

# What people here begin with; the site's, the LAG's and the person's own names come on top.
COMMON_WORDS = {
    *("slaptazodis", "prisijungimas", "password", "qwerty", "labas", "lietuva", "vilnius", "kaunas", "alytus"),
    *("administratorius", "admin", "redaktorius", "narys", "nariai", "svetaine", "vietos", "veiklos", "grupe"),
}
# How much must be left of a password when such words, digits in a row and spaces are taken out of it, and how many
# different characters.
LEAST_OF_ONES_OWN, LEAST_DIFFERENT = 8, 5


class LengthValidator:
    """At least `members` characters; for those who may enter the admin at least `staff`. No upper limit."""

    def __init__(self, members=12, staff=15):
        self.members, self.staff = members, staff

    def validate(self, password, user=None):
        """Refuse what is shorter."""
        least = self.staff if user is not None and user.pk and is_staff(user) else self.members
        if len(password) < least:
            wanted = plurals.counted(least, "ženklą", "ženklus", "ženklų")
            raise ValidationError(f"Slaptažodis per trumpas: reikia bent {wanted}.", code="password_too_short")

    def get_help_text(self):
        """The rule, as Wagtail's form shows it."""
        return f"Bent {self.members} ženklų; svetainės tvarkytojams – bent {self.staff}."


class ContextValidator:
    """Not made of the names of the site, the LAG or the person, nor of the words that everybody tries first."""

    def validate(self, password, user=None):
        """Refuse where hardly anything is left without such words."""
        rest = fold(password)
        for word in sorted(self._words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = re.sub(r"[\W_]+|(?:0?123\d*)", "", rest)
        if len(rest) < LEAST_OF_ONES_OWN or len(set(rest)) < LEAST_DIFFERENT:
            raise ValidationError(
                "Slaptažodį lengva atspėti: jame beveik vien įprasti žodžiai arba svetainės, organizacijos ar jūsų "
                "paties pavadinimai.",
                code="password_of_context",
            )

    def get_help_text(self):
        """The rule, as Wagtail's form shows it."""
        return "Ne vien įprasti žodžiai, svetainės, organizacijos ar jūsų vardas."

    def _words(self, user):
        site = SiteSettings.of_the_site()
        texts = [site.name, site.short_name, settings.SITE_HOST]
        if user is not None:
            texts += [user.get_username(), user.email, user.get_full_name()]
        words = {word for text in texts for word in re.findall(r"\w{3,}", fold(text))}
        return words | COMMON_WORDS
