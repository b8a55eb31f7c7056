"""Directives 指示: a child is pinned to a facility or kept from one, for reasons that only their role may read."""

from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.admissions.models.household import ApplicantChild
from todoke.admissions.models.scheme import Scheme
from todoke.admissions.models.seat_pool import ChildcareFacility
from todoke.admissions.models.selection_round import SelectionRound
from todoke.admissions.permissions import HANDLE_DIRECTIVES
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.runtime.field_encryption import decrypt_text, encrypt_text
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, user: User) -> "DirectiveQuerySet":
        """Directives of the schemes for which the person holds their role."""
        held = Scheme.objects.held(user, HANDLE_DIRECTIVES)
        return self.filter(round__scheme__in=held.values("pk"))

    def live(self) -> "DirectiveQuerySet":
        """Directives that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def binding(self) -> "DirectiveQuerySet":
        """Directives that a second person approved and that were not withdrawn."""
        return self.live().filter(approved_at__isnull=False)


class Directive(models.Model):
    """指示: a pin to a facility 指定, or a facility forbidden 除外; withdrawn, never deleted."""

    class Kind(models.TextChoices):
        PIN = "pin", "指定"
        FORBID = "forbid", "除外"

    class Reason(models.TextChoices):
        CARE = "care", "配慮を要する家庭"
        SAFETY = "safety", "安全のため"
        HEALTH = "health", "医療的ケア・障害"
        CONTINUITY = "continuity", "継続して通うため"
        OTHER = "other", "そのほか"

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="directives", verbose_name="選考")
    child = models.ForeignKey(ApplicantChild, models.PROTECT, related_name="directives", verbose_name="申込児童")
    kind = models.CharField("種類", max_length=10, choices=Kind)
    facility = models.ForeignKey(ChildcareFacility, models.PROTECT, related_name="+", verbose_name="施設")
    reason = models.CharField("理由の区分", max_length=12, choices=Reason)
    sealed_text = models.TextField("理由(封をした文)")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    written_at = models.DateTimeField("書いた日時", auto_now_add=True)
    approver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="承認した人")
    approved_at = models.DateTimeField("承認した日時", null=True)
    withdrawn_at = models.DateTimeField("取り消した日時", null=True)
    withdrawal = models.CharField("取消しの理由", max_length=200, blank=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "指示"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(kind="pin", withdrawn_at=None), name="admissions_one_live_pin_a_child"
            ),
            models.UniqueConstraint(
                fields=["child", "facility", "kind"], condition=Q(withdrawn_at=None),
                name="admissions_one_live_directive_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="admissions_directive_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approver__isnull=True)
                | Q(approved_at__isnull=False, approver__isnull=False),
                name="admissions_approved_directive_says_by_whom",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.child} {self.get_kind_display()} {self.facility}"

    @classmethod
    @transaction.atomic
    def write(
        cls, child: ApplicantChild, *, kind: str, facility: ChildcareFacility, reason: str, text: str, by: User
    ) -> "Directive":
        """指示を書く: write a directive, whose text is sealed; it binds once a second person approves it.

        Raises NotAllowed without the role, Closed, Refused without a reason, Conflict where the child has one already.
        """
        require_role(child.round.scheme, by)
        child.round.touch()
        if not text.strip():
            raise Refused("理由を書いてください。封をして残り、この役割の人だけが読めます。")
        live = cls.objects.live().filter(child=child)
        if live.filter(facility=facility).exists() or (kind == cls.Kind.PIN and live.filter(kind=kind).exists()):
            raise Conflict("この児童には、すでに指示があります。取り消してから書いてください。")
        made = cls.objects.create(
            round=child.round, child=child, kind=kind, facility=facility, reason=reason,
            sealed_text=encrypt_text(text), author=by,
        )  # fmt: skip
        record(made, "指示の記入", by=by, after={"種類": kind, "施設": facility.code, "区分": reason})
        return made

    def read_text(self, *, by: User) -> str:
        """Return the reason in clear; each reading is audited. Raises NotAllowed without the role, KeyLost."""
        require_role(self.round.scheme, by)
        record(self, "指示の理由の閲覧", by=by)
        return decrypt_text(self.sealed_text)

    @transaction.atomic
    def approve(self, *, by: User) -> None:
        """指示の承認: let it bind. Raises NotAllowed to its author and without the role, Closed, Conflict."""
        require_role(self.round.scheme, by)
        if by.pk == self.author_id:
            raise NotAllowed("自分が書いた指示は、自分では承認できません。")
        self.round.touch()
        if not stamp_once(self, "approved_at", read={"withdrawn_at": None}, approver=by):
            raise Conflict("この指示は、すでに承認されているか、取り消されています。")
        record(self, "指示の承認", by=by)

    @transaction.atomic
    def withdraw(self, *, reason: str, by: User) -> None:
        """指示の取消し: end it, with a reason. Raises NotAllowed, Closed, Refused, Conflict the second time."""
        require_role(self.round.scheme, by)
        self.round.touch()
        if not reason.strip():
            raise Refused("取り消す理由を書いてください。")
        if not stamp_once(self, "withdrawn_at", withdrawal=reason[:200]):
            raise Conflict("この指示は、すでに取り消されています。")
        record(self, "指示の取消し", by=by, reason=reason)


def require_role(scheme: Scheme, by: User) -> None:
    """Raises NotAllowed to whoever does not handle the directives of a scheme."""
    if not scheme.can_handle_directives(by):
        raise NotAllowed("配慮を要する家庭の指示は、課長と部長だけが扱えます。")
