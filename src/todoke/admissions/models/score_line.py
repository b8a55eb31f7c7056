"""Score lines 点数の内訳: what points rest on, and the lines that were computed from it; never typed."""

from fractions import Fraction

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.admissions.models.household import ApplicantChild, Household
from todoke.admissions.models.selection_round import require_runner
from todoke.audit.log import record
from todoke.runtime.refusals import Refused


class ScoringFact(models.Model):
    """点数の根拠: one answer on which points rest, about a guardian, the household or a child; kept when corrected."""

    class Origin(models.TextChoices):
        FORM = "form", "申込書の答え"
        STAFF = "staff", "職員が書類で確かめた"

    household = models.ForeignKey(Household, models.PROTECT, related_name="facts", verbose_name="世帯")
    guardian = models.PositiveSmallIntegerField("保護者(0は世帯か児童)", default=0)
    child = models.ForeignKey(ApplicantChild, models.PROTECT, null=True, related_name="facts", verbose_name="申込児童")
    key = models.CharField("事実", max_length=60)
    value = models.CharField("答え", max_length=200)
    origin = models.CharField("出どころ", max_length=10, choices=Origin)
    evidence = models.CharField("確かめた書類", max_length=200, blank=True)
    reason = models.CharField("直した理由", max_length=200, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="書いた人")
    written_at = models.DateTimeField("書いた日時", auto_now_add=True)
    superseded_at = models.DateTimeField("直した日時", null=True)

    class Meta:
        verbose_name = "点数の根拠"
        ordering = ["household", "guardian", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "guardian", "key"], condition=Q(superseded_at=None, child=None),
                name="admissions_one_current_answer_of_a_household",
            ),
            models.UniqueConstraint(
                fields=["child", "key"], condition=Q(superseded_at=None, child__isnull=False),
                name="admissions_one_current_answer_of_a_child",
            ),
            models.CheckConstraint(
                condition=Q(child__isnull=True) | Q(guardian=0), name="admissions_a_fact_is_about_one"
            ),
            models.CheckConstraint(
                condition=~Q(origin="staff") | ~Q(evidence=""), name="admissions_staff_name_the_evidence"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.household} {self.key}"

    @classmethod
    @transaction.atomic
    def write(
        cls, household: Household, key: str, value: str, *, by: Actor, guardian: int = 0,
        child: ApplicantChild | None = None, origin: str = Origin.FORM, evidence: str = "", reason: str = "",
    ) -> "ScoringFact":  # fmt: skip
        """点数の根拠の記入: write an answer, or correct one with a reason; the points follow. One audit entry.

        Raises NotAllowed, Closed, and Refused for a correction without a reason or staff's word without evidence.
        """
        require_runner(household.round.scheme, by)
        household.round.touch()
        place = {"household": household, "guardian": guardian, "child": child, "key": key, "superseded_at": None}
        earlier = cls.objects.filter(**place).first()
        if earlier is not None and not reason.strip():
            raise Refused("前の答えを直す理由を書いてください。")
        if origin == cls.Origin.STAFF and not evidence.strip():
            raise Refused("確かめた書類を書いてください。")
        cls.objects.filter(**place).update(superseded_at=timezone.now())
        made = cls.objects.create(
            household=household, guardian=guardian, child=child, key=key, value=value, origin=origin,
            evidence=evidence, reason=reason, written_by=user_of(by),
        )  # fmt: skip
        before = {key: earlier.value} if earlier else None
        record(household, "点数の根拠の記入", by=by, before=before, after={key: value}, reason=reason)
        return made


class ChildScore(models.Model):
    """児童の点数: what the selection compares for a child: an exact fraction, ties, points at facilities."""

    child = models.OneToOneField(ApplicantChild, models.PROTECT, related_name="score", verbose_name="申込児童")
    total = models.IntegerField("点数の合計")
    numerator = models.BigIntegerField("比べる点数の分子")
    denominator = models.PositiveIntegerField("比べる点数の分母", default=1)
    rank = models.CharField("ランク", max_length=10, blank=True)
    ties = models.JSONField("同点のときに比べる数", default=list)
    bonus = models.JSONField("施設ごとの加点", default=dict)
    inputs = models.PositiveIntegerField("計算したときの入力の回数")

    class Meta:
        verbose_name = "児童の点数"
        ordering = ["child"]
        constraints = [
            models.CheckConstraint(condition=Q(denominator__gte=1), name="admissions_score_has_a_denominator"),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.total}"

    @property
    def compared(self) -> Fraction:
        """The exact number that the selection compares."""
        return Fraction(self.numerator, self.denominator)

    @property
    def words(self) -> str:
        """The points as people read them: 41, or 40と2分の1 for an average."""
        whole, rest = divmod(self.numerator, self.denominator)
        if rest:
            return f"{whole}と{self.denominator}分の{rest}点"
        return f"{whole}点"


class ScoreLine(models.Model):
    """点数の内訳: one row of the rule version that counts for a guardian (1 and up), the household or the child (0)."""

    child = models.ForeignKey(ApplicantChild, models.PROTECT, related_name="score_lines", verbose_name="申込児童")
    guardian = models.PositiveSmallIntegerField("保護者(0は世帯か児童)", default=0)
    row = models.CharField("基準の行", max_length=60)
    points = models.IntegerField("点数")
    rests_on = models.JSONField("もとにした答え", default=list)

    class Meta:
        verbose_name = "点数の内訳"
        ordering = ["child", "guardian", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "row", "guardian"], name="admissions_one_line_per_row_and_guardian"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row} {self.points}"
