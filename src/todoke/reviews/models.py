"""Reviews 見直し: one row per requirement of a procedure, with its legal basis and the decision about it."""

from dataclasses import asdict, dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.sequences import next_position
from todoke.audit.transitions import compare_and_set
from todoke.procedures import search
from todoke.procedures.models.municipal import LegalBasis, PaperForm
from todoke.procedures.models.procedure import Procedure
from todoke.reviews.permissions import DECIDE_REVIEW
from todoke.reviews.review_subjects import (
    KEEP_REASONS,
    SUBSTITUTES,
    KeepReason,
    ReviewDecision,
    SealKind,
    Subject,
    Substitute,
)
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, NotAllowed, Refused


@dataclass(frozen=True)
class DecisionInput:
    """決定の内容: the fields of a decision: outcome, first day, reason or substitute, and day of re-check."""

    decision: str
    effective_on: date
    reason: str = ""
    substitute: str = ""
    note: str = ""
    recheck_on: date | None = None


def _reasoned() -> Q:
    return reduce(or_, (Q(subject=subject, reason__in=list(reasons)) for subject, reasons in KEEP_REASONS.items()))


def _substituted() -> Q:
    return reduce(or_, (Q(subject=subject, substitute__in=list(means)) for subject, means in SUBSTITUTES.items()))


class ReviewQuerySet(models.QuerySet["Review"]):
    def current(self) -> "ReviewQuerySet":
        """Reviews of procedures that still exist (現存する手続)."""
        return self.filter(procedure__abolished_on=None)

    def containing(self, words: str) -> "ReviewQuerySet":
        """検索: reviews whose procedure is filed under the words, or that ask for them."""
        procedures = Procedure.objects.filter(search.matching(words)).values("pk")
        return self.filter(Q(procedure__in=procedures) | Q(what__icontains=words))

    def undecided(self) -> "ReviewQuerySet":
        """未決定: reviews without a decision."""
        return self.filter(decision="")

    def requiring_amendment(self) -> "ReviewQuerySet":
        """改正が必要: reviews decided as abolished or replaced that have a legal basis, which must be amended."""
        return self.filter(decision__in=[ReviewDecision.ABOLISH, ReviewDecision.REPLACE], basis__isnull=False)


class Review(models.Model):
    """見直し: one requirement of a procedure (seal, paper, visit, fee, repeated writing), and the decision about it."""

    class Source(models.TextChoices):
        SURVEY = "survey", "国の調査の記載"
        STAFF = "staff", "職員の記入"

    number = models.CharField("見直し番号", max_length=20, unique=True, editable=False)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="reviews", verbose_name="手続")
    position = models.PositiveSmallIntegerField("順番", editable=False)
    paper_form = models.ForeignKey(
        PaperForm, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="様式"
    )
    subject = models.CharField("対象", max_length=10, choices=Subject)
    mark = models.CharField("押印・署名の種類", max_length=12, choices=SealKind, blank=True)
    what = models.CharField("求めているもの", max_length=200)
    times = models.PositiveSmallIntegerField("書く回数", null=True, blank=True)
    basis = models.ForeignKey(
        LegalBasis, models.PROTECT, null=True, blank=True, related_name="reviews", verbose_name="根拠"
    )
    source = models.CharField("もとになった記載", max_length=10, choices=Source, default=Source.STAFF)
    decision = models.CharField("決定", max_length=10, choices=ReviewDecision, blank=True)
    reason = models.CharField("存続の理由", max_length=12, choices=KeepReason, blank=True)
    substitute = models.CharField("代わりの手段", max_length=12, choices=Substitute, blank=True)
    note = models.TextField("補足", blank=True)
    effective_on = models.DateField("実施日", null=True, blank=True)
    recheck_on = models.DateField("再点検の日", null=True, blank=True)
    approver = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="決定した人")
    approver_label = models.CharField("決定した人の表示", max_length=100, blank=True)
    decided_at = models.DateTimeField("決定日時", null=True, blank=True)
    created_at = models.DateTimeField("記入日時", auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "見直し"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=Subject.SEAL, mark__in=SealKind.values) | (~Q(subject=Subject.SEAL) & Q(mark="")),
                name="reviews_review_of_a_seal_has_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(subject=Subject.WRITING) | Q(times__isnull=False),
                name="reviews_review_of_writing_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(decision=ReviewDecision.KEEP) | _reasoned(), name="reviews_what_stays_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(decision=ReviewDecision.KEEP) | Q(reason=""), name="reviews_only_what_stays_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason=KeepReason.OTHER) | ~Q(note=""), name="reviews_other_reason_is_written"
            ),
            models.CheckConstraint(
                condition=~Q(decision=ReviewDecision.KEEP) | Q(recheck_on__isnull=False),
                name="reviews_what_stays_is_rechecked",
            ),
            models.CheckConstraint(
                condition=(Q(decision=ReviewDecision.REPLACE) & _substituted())
                | (~Q(decision=ReviewDecision.REPLACE) & Q(substitute="")),
                name="reviews_what_is_replaced_has_means",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (
                    Q(decision__in=ReviewDecision.values, decided_at__isnull=False, effective_on__isnull=False)
                    & ~Q(approver_label="")
                ),
                name="reviews_decision_has_approver_and_date",
            ),
            models.UniqueConstraint(
                fields=["procedure", "subject", "mark", "what"],
                condition=Q(paper_form__isnull=True),
                name="reviews_one_review_of_a_thing",
            ),
            models.UniqueConstraint(
                fields=["procedure", "paper_form", "subject", "mark", "what"], name="reviews_one_review_on_a_form"
            ),
        ]
        indexes = [models.Index(fields=["subject", "decision"], name="reviews_reviews_decided")]

    def __str__(self) -> str:
        return f"{self.number} {self.what}"

    def can_decide(self, user: User) -> bool:
        """Headquarters for every department, a chief for the own one."""
        return DECIDE_REVIEW.held_by(user, self.procedure.department)

    @transaction.atomic
    def enter(self, *, by: Actor) -> None:
        """見直しの記入: save an undecided review under the next number of its procedure; one audit entry.

        Raises NotAllowed, and Refused for a duplicate.
        """
        if isinstance(by, User) and not self.procedure.can_edit(by):
            raise NotAllowed("この手続の見直しを書けるのは、所管部署と推進本部です。")
        alike = Review.objects.filter(
            procedure=self.procedure, paper_form=self.paper_form, subject=self.subject, mark=self.mark, what=self.what
        ).first()
        if alike is not None:
            said = "同じ見直しがもう書かれています。そのページで確かめてください。"
            raise Refused(said, link=path_to("office:review", alike.number))
        self.position = next_position(self.procedure.reviews.all(), self.procedure, "position")
        self.number = review_number(self.procedure.number, self.position)
        self.save()
        log.record(self, "見直しの記入", by=by, after={"対象": self.subject, "求めているもの": self.what})

    @transaction.atomic
    def decide(self, decision: DecisionInput, *, by: Actor) -> None:
        """見直しの決定: save the decision; one audit entry.

        Raises NotAllowed, Refused for an incomplete decision, and Conflict when it was decided meanwhile.
        """
        if isinstance(by, User) and not self.can_decide(by):
            raise NotAllowed("決定できるのは、所管部署の課長と推進本部です。")
        if problem := decision_error(decision, Subject(self.subject)):
            raise Refused(problem)
        self._update_if_unchanged(
            **asdict(decision), decided_at=timezone.now(), approver=user_of(by), approver_label=label_of(by)
        )
        log.record(self, "見直しの決定", by=by, after=asdict(decision), reason=decision.note[:200])

    @transaction.atomic
    def reopen(self, why: str, *, by: Actor) -> None:
        """見直しのやり直し: clear the decision, with a reason; one audit entry.

        Raises NotAllowed, Refused without a decision or a reason, and Conflict when it changed meanwhile.
        """
        if isinstance(by, User) and not self.can_decide(by):
            raise NotAllowed("やり直せるのは、所管部署の課長と推進本部です。")
        if not self.decision or not why.strip():
            raise Refused("やり直すには、決定があり、理由が書かれていることが必要です。")
        before = {"決定": self.decision, "理由": self.reason}
        self._update_if_unchanged(
            decision="", reason="", substitute="", effective_on=None, recheck_on=None, decided_at=None, approver=None,
            approver_label="", note=self.note,
        )  # fmt: skip
        log.record(self, "見直しのやり直し", by=by, before=before, reason=why[:200])

    def _update_if_unchanged(self, **fields: Any) -> None:
        """Update the row if its decision is the one that was read. Raises Conflict otherwise."""
        if not compare_and_set(self, {"decision": self.decision, "decided_at": self.decided_at}, **fields):
            raise Conflict("開いている間に、別の人が決定しました。開き直して確かめてください。")


def review_number(procedure: str, position: int) -> str:
    """Return a review number: P-000123-02 is the second review of procedure P-000123."""
    return f"{procedure}-{position:02d}"


def decision_error(decision: DecisionInput, subject: Subject) -> str:
    """Return what is missing or wrong in a decision, as a sentence for the user; empty when it is valid."""
    if decision.decision not in ReviewDecision.values:
        return "廃止・代替・存続のどれかを選んでください。"
    if (decision.decision == ReviewDecision.KEEP) != bool(decision.reason):
        return "存続には理由を選びます。廃止・代替には理由を選びません。"
    if decision.reason and decision.reason not in KEEP_REASONS[subject]:
        return f"「{KeepReason(decision.reason).label}」は、{subject.label}を残す理由に使えません。"
    if decision.reason == KeepReason.OTHER and not decision.note.strip():
        return "「そのほか」の理由を補足に書いてください。"
    if decision.decision == ReviewDecision.KEEP and decision.recheck_on is None:
        return "存続には、次に見直す日(再点検の日)を入れてください。"
    if (decision.decision == ReviewDecision.REPLACE) != bool(decision.substitute):
        return "代替には、代わりの手段を選びます。廃止・存続には選びません。"
    if decision.substitute and decision.substitute not in SUBSTITUTES[subject]:
        return f"「{Substitute(decision.substitute).label}」は、{subject.label}の代わりになりません。"
    return ""
