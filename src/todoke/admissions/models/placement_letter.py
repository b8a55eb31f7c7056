"""Placement letters 利用調整の通知: the frozen words of each letter, and corrections after letters went out."""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.admissions.models.household import ApplicantChild
from todoke.admissions.models.placement_run import Placement, PlacementRun
from todoke.admissions.models.seat_pool import ChildcareFacility
from todoke.admissions.models.selection_round import SelectionRound
from todoke.audit.log import record, state_hash
from todoke.audit.transitions import stamp_once
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet


class PlacementLetter(models.Model):
    """利用調整の通知: one letter to a family about one child: place offered, kept waiting, or corrected."""

    class Kind(models.TextChoices):
        OFFER = "offer", "利用調整結果通知書(内定)"
        WAIT = "wait", "利用調整結果通知書(保留)"
        CORRECTION = "correction", "利用調整結果の訂正のお知らせ"

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="letters", verbose_name="内定")
    kind = models.CharField("種類", max_length=12, choices=Kind)
    content = models.JSONField("文面")
    sha256 = models.CharField("文面の照合値", max_length=64)
    made_at = models.DateTimeField("作成日時", auto_now_add=True)
    sent_at = models.DateTimeField("通知した日時", null=True)
    opened_at = models.DateTimeField("家庭が開いた日時", null=True)

    class Meta:
        verbose_name = "利用調整の通知"
        ordering = ["placement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=~Q(kind="correction"), name="admissions_one_result_letter_a_placement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.get_kind_display()}"

    @classmethod
    def freeze(cls, placement: Placement, kind: str, content: dict[str, Any]) -> "PlacementLetter":
        """Return an unsaved letter with its words frozen."""
        return cls(placement=placement, kind=kind, content=content, sha256=state_hash(content))

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed to all but the family and the department, NotYet to the family before it was sent."""
        user, placement = user_of(by), self.placement
        if user is not None and placement.round.scheme.can_run(user):
            return
        if user is None or placement.child.household.applicant_id != user.pk:
            raise NotAllowed("この通知書を開けるのは、申し込んだ人だけです。")
        if self.sent_at is None:
            raise NotYet("通知書は、まだ送られていません。")

    def mark_opened(self, *, by: Actor) -> None:
        """Note that the family has read the letter, once."""
        if stamp_once(self, "opened_at"):
            record(self, "通知の閲覧", by=by)


class PlacementCorrection(models.Model):
    """通知後の訂正: an error found after the letters, the corrected run, and who must be told."""

    round = models.ForeignKey(SelectionRound, models.PROTECT, related_name="corrections", verbose_name="選考")
    run = models.OneToOneField(PlacementRun, models.PROTECT, related_name="correction", verbose_name="直した計算")
    reason = models.CharField("誤りの内容", max_length=300)
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="起こした人")
    found_at = models.DateTimeField("起こした日時", auto_now_add=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")
    confirmed_at = models.DateTimeField("確かめた日時", null=True)

    class Meta:
        verbose_name = "通知後の訂正"
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("found_by")),
                name="admissions_correction_is_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.reason}"


class CorrectedPlacement(models.Model):
    """訂正の対象: a child concerned by a correction, with the place before and after; the placement itself stays."""

    correction = models.ForeignKey(
        PlacementCorrection, models.PROTECT, related_name="children", verbose_name="通知後の訂正"
    )
    child = models.ForeignKey(ApplicantChild, models.PROTECT, related_name="+", verbose_name="申込児童")
    before = models.ForeignKey(
        ChildcareFacility, models.PROTECT, null=True, related_name="+", verbose_name="通知した施設"
    )
    after = models.ForeignKey(ChildcareFacility, models.PROTECT, null=True, related_name="+", verbose_name="正しい施設")
    told_at = models.DateTimeField("知らせた日時", null=True)

    class Meta:
        verbose_name = "訂正の対象"
        ordering = ["correction", "child__number"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "child"], name="admissions_a_child_is_corrected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.child}"


class ReplayDifference(models.Model):
    """再現の差: a child whose official place of last year differs from the replayed one, and why."""

    class Cause(models.TextChoices):
        INPUT = "input", "入力が違う"
        RULE = "rule", "基準の読み方が違う"
        HAND = "hand", "手で調整した"
        ENGINE = "engine", "計算が違う"

    run = models.ForeignKey(PlacementRun, models.PROTECT, related_name="replay_differences", verbose_name="再現の計算")
    child = models.ForeignKey(ApplicantChild, models.PROTECT, related_name="+", verbose_name="申込児童")
    replayed = models.ForeignKey(
        ChildcareFacility, models.PROTECT, null=True, related_name="+", verbose_name="再現した施設"
    )
    official = models.ForeignKey(
        ChildcareFacility, models.PROTECT, null=True, related_name="+", verbose_name="実際の施設"
    )
    cause = models.CharField("差の理由", max_length=10, choices=Cause, blank=True)
    note = models.CharField("説明", max_length=300, blank=True)
    classed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="分けた人")
    classed_at = models.DateTimeField("分けた日時", null=True)

    class Meta:
        verbose_name = "再現の差"
        ordering = ["run", "child__number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "child"], name="admissions_one_difference_a_child"),
            models.CheckConstraint(condition=Q(cause="") | ~Q(note=""), name="admissions_classed_difference_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.child} {self.cause}"

    @transaction.atomic
    def classify(self, cause: str, *, note: str, by: User) -> None:
        """差の理由を付ける: class a difference; one audit entry. Raises Conflict without a note or a known cause."""
        if cause not in self.Cause.values or not note.strip():
            raise Conflict("差の理由を選び、説明を書いてください。")
        self.cause, self.note, self.classed_by, self.classed_at = cause, note[:300], by, timezone.now()
        self.save(update_fields=["cause", "note", "classed_by", "classed_at"])
        record(self.run, "再現の差の理由", by=by, after={"児童": self.child.number, "理由": cause}, reason=note)
