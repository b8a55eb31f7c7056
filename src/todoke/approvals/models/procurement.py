"""Procurement 調達: new or renewed systems, which must be approved before a contract."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from todoke.accounts.models import User
from todoke.approvals.models.proposal import Proposal
from todoke.approvals.models.route import NoRule, Route
from todoke.approvals.models.serial_numbers import SerialCounter
from todoke.approvals.permissions import OPEN_PROCUREMENT, SEE_PROCUREMENTS
from todoke.audit.log import record
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.organization.models import Department, Post
from todoke.runtime.refusals import NotAllowed, Refused

HEADQUARTERS_ABOVE = 40_000_000
SYSTEM, OTHER = "情報システムの調達", "その他の調達"


class ProcurementQuerySet(models.QuerySet["Procurement"]):
    def visible_to(self, user: User) -> "ProcurementQuerySet":
        """Procurements of a person's own section; all for headquarters and the auditor."""
        if SEE_PROCUREMENTS.held_by(user):
            return self
        through = Proposal.objects.visible_to(user).filter(pk=models.OuterRef("proposal"))  # not all that are visible
        return self.filter(Q(department__in=SEE_PROCUREMENTS.departments_of(user)) | models.Exists(through))


class Procurement(models.Model):
    """調達案件: one purchase with its cost, the former cost, and the reason for an increase. Yen, tax included."""

    class Kind(models.TextChoices):
        NEW = "new", "新規"
        RENEWAL = "renewal", "更改"
        OTHER = "other", "その他(改修・運用など)"

    number = models.CharField("調達番号", max_length=20, unique=True)
    title = models.CharField("件名", max_length=150)
    kind = models.CharField("区分", max_length=10, choices=Kind.choices)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="所管")
    amount = models.BigIntegerField("予定金額(円)")
    previous_amount = models.BigIntegerField("前回の金額(円)", null=True, blank=True)
    increase_reason = models.TextField("増額の理由", blank=True)
    purpose = models.TextField("目的と効果")
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="作成者")
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="procurement", verbose_name="起案"
    )
    contract_started_at = models.DateTimeField("契約手続の開始", null=True, blank=True)
    created_at = models.DateTimeField("作成日時", auto_now_add=True)

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        verbose_name = "調達案件"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="approvals_a_procurement_costs_something",
                violation_error_message="予定金額は1円以上で入力してください。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="renewal") | Q(previous_amount__isnull=False),
                name="approvals_a_renewal_names_its_former_cost",
                violation_error_message="更改には、前回の金額が必要です。",
            ),
            models.CheckConstraint(
                condition=~Q(increase_reason="")
                | Q(previous_amount__isnull=True)
                | Q(amount__lte=F("previous_amount")),
                name="approvals_an_increase_has_a_reason",
                violation_error_message="前回より増える場合は、増額の理由が必要です。",
            ),
            models.CheckConstraint(
                condition=Q(contract_started_at__isnull=True) | Q(proposal__isnull=False),
                name="approvals_no_contract_without_a_proposal",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def goes_to_headquarters(self) -> bool:
        """New or renewed systems above (not at) 40,000,000 yen are decided with the DX headquarters."""
        return self.kind in {self.Kind.NEW, self.Kind.RENEWAL} and self.amount > HEADQUARTERS_ABOVE

    @property
    def matter(self) -> str:
        """The kind of matter under which the approval rules choose a decision class."""
        return OTHER if self.kind == self.Kind.OTHER else SYSTEM

    @property
    def increase(self) -> int | None:
        """Yen more than last time; None without a former cost."""
        return None if self.previous_amount is None else self.amount - self.previous_amount

    @classmethod
    @transaction.atomic
    def create(cls, *, by: User, department: Department | None = None, **details: Any) -> "Procurement":
        """Create a procurement before it is proposed.

        Raises NotAllowed without a post, ValidationError for what is missing.
        """
        sections = OPEN_PROCUREMENT.departments_of(by)
        if not sections or (department is not None and department not in sections):
            raise NotAllowed("調達を起こせるのは、その部署の職位に就いている人だけです。")
        made = cls(
            number=SerialCounter.next_number("P"), department=department or sections[0], drafted_by=by, **details
        )
        made._check_and_save()
        record(made, "調達案件の作成", by=by, after={"金額": made.amount, "前回": made.previous_amount})
        return made

    @property
    def is_editable(self) -> bool:
        """Whether it may be corrected: not yet proposed, or returned or taken back."""
        in_hand = {Proposal.Status.RETURNED, Proposal.Status.TAKEN_BACK}
        return self.proposal is None or self.proposal.status in in_hand

    def can_correct(self, user: User) -> bool:
        """Whether a person is its drafter and it is editable."""
        return self.is_editable and user.pk == self.drafted_by_id

    @transaction.atomic
    def correct(self, *, by: User, **details: Any) -> None:
        """Correct it while it is editable (修正する). Raises Refused otherwise, and for anybody but its drafter."""
        if not self.can_correct(by):
            raise Refused("作成者が、手元にある間だけ直せます。")
        before = {"金額": self.amount, "前回": self.previous_amount}
        for name, value in details.items():
            setattr(self, name, value)
        self._check_and_save()
        record(self, "調達案件の修正", by=by, before=before, after={"金額": self.amount, "前回": self.previous_amount})

    def _check_and_save(self) -> None:
        if (self.previous_amount or self.amount) < self.amount and not self.increase_reason.strip():
            raise ValidationError({"increase_reason": "前回より増える場合は、増額の理由が必要です。"})
        self.full_clean()
        self.save()

    def dossier(self) -> dict[str, Any]:
        """Return the dossier; the comparison with last time comes first."""
        former = "なし" if self.previous_amount is None else f"{self.previous_amount:,}円"
        return {
            "伺い": f"{self.title}を、次のとおり調達してよろしいか。",
            "調達": {"調達番号": self.number, "区分": self.get_kind_display(), "所管": self.department.name},
            "金額の比較": {
                "予定金額": f"{self.amount:,}円",
                "前回の金額": former,
                "増減": "比較なし" if self.increase is None else f"{self.increase:+,}円",
                "増額の理由": self.increase_reason,
            },
            "目的と効果": self.purpose,
        }

    @transaction.atomic
    def propose(self, *, route: Route, by: User, urgent_reason: str = "") -> Proposal:
        """Submit the procurement for approval, also after a return, and return its proposal.

        Raises NoRule when its route bypasses headquarters, Refused when it has been proposed before.
        """
        if self.proposal is not None and self.is_editable:
            self.proposal.resubmit(dossier=self.dossier(), by=by, amount=self.amount)
            self._only_past_headquarters(self.proposal)
            return self.proposal
        proposal = Proposal.open(
            route=route, title=f"{self.title}の調達について", dossier=self.dossier(), by=by, kind=self.matter,
            amount=self.amount, department=self.department, urgent_reason=urgent_reason,
        )  # fmt: skip
        self._only_past_headquarters(proposal)
        if not compare_and_set(self, {"proposal": None}, proposal=proposal):
            raise Refused("この調達は、すでに起案されています。")
        return proposal

    def _only_past_headquarters(self, proposal: Proposal) -> None:
        steps = proposal.steps.filter(round=proposal.round, role=Post.Role.HEADQUARTERS).exclude(kind="circulate")
        if self.goes_to_headquarters and not steps.exists():
            raise NoRule("4,000万円を超える新規・更改の調達は、DX推進本部を経由する決裁ルートが必要です。")

    @transaction.atomic
    def start_contract(self, *, by: User) -> None:
        """Begin the contract (契約手続).

        Raises NotAllowed to other departments, Refused before approval or a second time.
        """
        if by.pk != self.drafted_by_id and not OPEN_PROCUREMENT.held_by(by, self.department):
            raise NotAllowed("契約手続を始められるのは、所管の部署の職員だけです。")
        approved = Proposal.objects.filter(procurement=self, status=Proposal.Status.APPROVED)
        if not approved.exists() or not stamp_once(self, "contract_started_at"):
            raise Refused("決裁の前に、または二度、契約手続を始めることはできません。")
        record(self, "契約手続の開始", by=by)
