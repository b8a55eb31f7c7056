"""Submitted papers 届いた書類: certificates and changes until each is worked in; applications left out."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.models import User
from todoke.admissions.models.household import ApplicantChild
from todoke.admissions.models.selection_round import SelectionRound, require_runner
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.cases.models import Case
from todoke.runtime.refusals import Conflict, Refused


class SubmittedPaper(models.Model):
    """届いた書類: a certificate, a change of wishes or a withdrawal on its way from the mail tray into the round."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", "証明書(就労・診断など)"
        WISHES = "wishes", "希望の変更届"
        CORRECTION = "correction", "申込みの訂正"
        WITHDRAWAL = "withdrawal", "取下げ届"

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="papers", verbose_name="選考")
    child = models.ForeignKey(
        ApplicantChild, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="申込児童"
    )
    kind = models.CharField("種類", max_length=12, choices=Kind)
    received_on = models.DateField("届いた日")
    note = models.CharField("書類の表示", max_length=200)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="記録した人")
    entered_at = models.DateTimeField("記録した日時", auto_now_add=True)
    worked_in_at = models.DateTimeField("反映した日時", null=True)
    worked_in_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="反映した人")
    outcome = models.CharField("反映した内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "届いた書類"
        ordering = ["round", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(worked_in_at__isnull=True)
                | (Q(child__isnull=False, worked_in_by__isnull=False) & ~Q(outcome="")),
                name="admissions_worked_in_paper_belongs_to_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.note}"

    @classmethod
    @transaction.atomic
    def enter(
        cls, of: SelectionRound, *, kind: str, received_on: date, note: str, by: User,
        child: ApplicantChild | None = None,
    ) -> "SubmittedPaper":  # fmt: skip
        """書類の記録: note that a paper arrived, for a child or not yet known for whom. Raises NotAllowed, Closed."""
        require_runner(of.scheme, by)
        of.touch()
        made = cls.objects.create(round=of, kind=kind, received_on=received_on, note=note, child=child, entered_by=by)
        record(made, "届いた書類の記録", by=by, after={"種類": kind, "児童": child.number if child else ""})
        return made

    @transaction.atomic
    def work_in(self, *, child: ApplicantChild, outcome: str, by: User) -> None:
        """反映: say for whom the paper is and what was done with it. Raises NotAllowed, Closed, Refused, Conflict."""
        require_runner(self.round.scheme, by)
        self.round.touch()
        if not outcome.strip():
            raise Refused("反映した内容(点数の根拠を直した、変更はなかった、など)を書いてください。")
        if child.round_id != self.round_id:
            raise Refused("この選考の児童を選んでください。")
        if not stamp_once(self, "worked_in_at", worked_in_by=by, child=child, outcome=outcome[:200]):
            raise Conflict("この書類は、すでに反映されています。")
        record(self, "届いた書類の反映", by=by, after={"児童": child.number, "内容": outcome})


class LeftOutApplication(models.Model):
    """対象外とした申込み: an application that is not in the round, with the reason."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="left_out", verbose_name="選考")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="申込みの案件")
    reason = models.CharField("対象外とした理由", max_length=200)
    left_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="対象外とした人")
    left_at = models.DateTimeField("対象外とした日時", auto_now_add=True)

    class Meta:
        verbose_name = "対象外とした申込み"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="admissions_an_application_is_left_out_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="admissions_left_out_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.reason}"

    @classmethod
    @transaction.atomic
    def leave_out(cls, of: SelectionRound, case: Case, *, reason: str, by: User) -> "LeftOutApplication":
        """対象外: leave an application out of a round, with a reason. Raises NotAllowed, Closed, Refused, Conflict."""
        require_runner(of.scheme, by)
        of.touch()
        if not reason.strip():
            raise Refused("対象外とする理由を書いてください。")
        if cls.objects.filter(round=of, case=case).exists():
            raise Conflict("この申込みは、すでに対象外としています。")
        made = cls.objects.create(round=of, case=case, reason=reason[:200], left_by=by)
        record(made, "申込みを対象外とする", by=by, reason=reason)
        return made


class OpenPointSignature(models.Model):
    """点検の確認: an open point of the checks that a person accepted, with the reason; void once the point changes."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="signatures", verbose_name="選考")
    kind = models.CharField("点検の種類", max_length=40)
    key = models.CharField("点検の対象", max_length=80)
    fingerprint = models.CharField("内容の照合値", max_length=64)
    reason = models.CharField("確かめた内容", max_length=300)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="確かめた人")
    signed_at = models.DateTimeField("確かめた日時", default=timezone.now)

    class Meta:
        verbose_name = "点検の確認"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "key", "fingerprint"], name="admissions_an_open_point_is_signed_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="admissions_signature_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class HandRecount(models.Model):
    """手計算: the points of a child that a person computed from the papers by hand."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="recounts", verbose_name="選考")
    child = models.ForeignKey(ApplicantChild, models.PROTECT, related_name="recounts", verbose_name="申込児童")
    points = models.IntegerField("手で計算した点数")
    counted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="計算した人")
    counted_at = models.DateTimeField("計算した日時", auto_now_add=True)

    class Meta:
        verbose_name = "手計算"
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.child} {self.points}"

    @classmethod
    @transaction.atomic
    def enter(cls, child: ApplicantChild, points: int, *, by: User) -> "HandRecount":
        """手計算の記入: keep what a person computed; equal or not, it stays. Raises NotAllowed, Closed."""
        require_runner(child.round.scheme, by)
        child.round.touch()
        made = cls.objects.create(round=child.round, child=child, points=points, counted_by=by)
        record(child, "手計算の記入", by=by, after={"点数": points})
        return made
