"""The people who act for members: delegates, and what they propose to change in their member's entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lithuanian.folding import fold
from members.models.members import Member


class DelegateState(models.TextChoices):
    """How far a delegate has come; derived, not stored."""

    INVITED = "invited", "Pakviestas"
    SIGNED_IN = "signed_in", "Prisijungęs"
    REVOKED = "revoked", "Atšauktas"


class DelegateQuerySet(models.QuerySet):
    """The language of delegates."""

    def in_state(self, state):
        """Those in a `DelegateState`."""
        revoked = Q(revoked_at__isnull=False) | Q(user__is_active=False)
        if state == DelegateState.REVOKED:
            return self.filter(revoked)
        return self.exclude(revoked).filter(user__last_login__isnull=state == DelegateState.INVITED)


class Delegate(models.Model):
    """
    Somebody who acts for a member, and so may read what is for members. A member can have several.

    Made, revoked and restored only by `members.delegates`.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="naudotojas",
        editable=False,
        on_delete=models.CASCADE,
        related_name="delegate",
    )
    member = models.ForeignKey(Member, verbose_name="narys", on_delete=models.PROTECT, related_name="delegates")
    invited_at = models.DateTimeField("pakviestas", default=timezone.now, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pakvietė",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_at = models.DateTimeField("atšauktas", null=True, editable=False)
    # Name and address as filters compare them; derived at every save.
    folded = models.TextField(editable=False)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        verbose_name = "atstovas"
        verbose_name_plural = "atstovai"
        default_permissions = ("add", "change")
        ordering = ["-invited_at", "-pk"]

    def __str__(self):
        return self.user.get_full_name() or self.user.email

    def save(self, *args, **kwargs):
        """Derive the text that filters compare, then save."""
        self.folded = fold(f"{self.user.get_full_name()} {self.user.email}")
        super().save(*args, **kwargs)

    @property
    def state(self):
        """Its `DelegateState`."""
        if self.revoked_at or not self.user.is_active:
            return DelegateState.REVOKED
        return DelegateState.SIGNED_IN if self.user.last_login else DelegateState.INVITED

    @property
    def reads_members_content(self):
        """Whether what is for members is for this person: not revoked, and the member has not left."""
        return self.state != DelegateState.REVOKED and not self.member.has_left


class ProposalState(models.TextChoices):
    """What has become of a proposal."""

    PENDING = "pending", "Laukia patvirtinimo"
    APPROVED = "approved", "Patvirtintas"
    DECLINED = "declined", "Nepatvirtintas"
    WITHDRAWN = "withdrawn", "Atsiimtas"


class MemberProposal(models.Model):
    """
    What a delegate proposes to change in the member's entry: `before` and `after` hold the changed fields only.

    What is proposed never changes: who proposes anew withdraws what they proposed before. So staff approve just what
    they have read. Made and decided only by `members.proposals`.
    """

    member = models.ForeignKey(Member, verbose_name="narys", on_delete=models.CASCADE, related_name="proposals")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pasiūlė",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    before = models.JSONField("buvo", editable=False)
    after = models.JSONField("siūloma", editable=False)
    state = models.CharField(
        "būklė", max_length=10, choices=ProposalState.choices, default=ProposalState.PENDING, db_index=True
    )
    created_at = models.DateTimeField("pasiūlyta", default=timezone.now, editable=False)
    decided_at = models.DateTimeField("nuspręsta", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="nusprendė",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.CharField("atsakymas", max_length=500, blank=True)

    class Meta:
        verbose_name = "siūlomas pakeitimas"
        verbose_name_plural = "siūlomi pakeitimai"
        default_permissions = ("change",)
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "user"], condition=Q(state="pending"), name="proposal_one_pending_a_person"
            )
        ]

    def __str__(self):
        return f"{self.member}"

    @property
    def proposer(self):
        """The name, or the address, of who proposed it."""
        if self.user is None:
            return "Naudotojas, kurio nebėra"
        return self.user.get_full_name() or self.user.email

    @property
    def is_pending(self):
        """Whether it waits for a decision."""
        return self.state == ProposalState.PENDING
