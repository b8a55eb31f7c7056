"""Letters 通知書 of decisions, held by a stop flag 支援措置 until a person decides."""

from django.db import models, transaction
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.cases.models.case import Case
from todoke.cases.models.letter_batch import LetterBatch
from todoke.cases.models.querysets import department_ids_of, departments_worked_in
from todoke.cases.models.stop_flag import unreleased_flagged
from todoke.cases.models.tokens import new_token
from todoke.offers.models import LetterText
from todoke.runtime.database.unindexed import unindexed
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict, NotYet

BLOCKED = "作成したあとに支援措置が登録された人の名前があります。案件のページで確かめてから取り出してください。"
MOST_CASES = 20_000
"""Up to so many cases are looked up for their letters, in less time than the letters of all others are passed by."""
GONE = "保存期間が終わって廃棄された案件の通知書です。もう取り出せません。"


TO_POST = Q(
    made_at__isnull=False, cancelled_at__isnull=True, opened_at__isnull=True, posted_at__isnull=True,
    batch__isnull=True,
)  # fmt: skip


class LetterQuerySet(models.QuerySet["Letter"]):
    def in_office_of(self, user: User) -> "LetterQuerySet":
        """Letters of the departments that a member of staff works in today."""
        mine = departments_worked_in(user).values("pk")
        letters = self.alias(in_department=unindexed("case__department_id"))  # begins at the letters, not at all cases
        return letters.filter(in_department__in=mine)

    def listed_for(self, user: User) -> "LetterQuerySet":
        """The same for a list: where the departments have few cases, beginning at these, not at all letters."""
        cases = Case.objects.filter(department__in=department_ids_of(user)).order_by()
        return self.filter(case__in=cases) if cases[: MOST_CASES + 1].count() <= MOST_CASES else self.in_office_of(user)

    def to_post(self) -> "LetterQuerySet":
        """Letters with a file that were not cancelled, opened online, posted, or put in a batch."""
        return self.filter(TO_POST)


class Letter(models.Model):
    """通知書: one letter with its frozen text and data, its file, and who released or opened it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="letters", verbose_name="案件")
    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    kind = models.CharField("種類", max_length=10, choices=LetterText.Kind.choices)
    data = models.JSONField("印字内容の写し")
    drawn_up_at = models.DateTimeField("作成を求めた日時", auto_now_add=True)
    held_at = models.DateTimeField("留め置いた日時", null=True)
    released_at = models.DateTimeField("留め置きを解いた日時", null=True)
    cancelled_at = models.DateTimeField("取りやめた日時", null=True)
    made_at = models.DateTimeField("印刷物になった日時", null=True)
    file = models.FileField("ファイル", upload_to="letters/%Y/%m/", max_length=200, blank=True)
    sha256 = models.CharField("照合値", max_length=64, blank=True)
    size = models.PositiveIntegerField("大きさ", null=True)
    problem = models.TextField("作成できない理由", blank=True)
    opened_at = models.DateTimeField("申請者が受け取った日時", null=True)
    batch = models.ForeignKey(LetterBatch, models.PROTECT, null=True, related_name="letters", verbose_name="一括印刷")
    posted_at = models.DateTimeField("発送した日時", null=True)
    returned_at = models.DateTimeField("返戻を記録した日時", null=True)
    return_reason = models.CharField("返戻の理由", max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "通知書"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | ~Q(sha256=""), name="cases_a_made_letter_has_its_hash"
            ),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | Q(held_at__isnull=True) | Q(released_at__isnull=False),
                name="cases_a_held_letter_is_not_made",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | (Q(posted_at__isnull=False) & ~Q(return_reason="")),
                name="cases_a_returned_letter_was_posted",
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(cancelled_at__isnull=True), name="cases_one_letter_per_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "made_at"], condition=TO_POST, name="cases_letters_to_post"),
            models.Index(fields=["posted_at"], condition=Q(posted_at__isnull=False), name="cases_letters_posted"),
            models.Index(fields=["returned_at"], condition=Q(returned_at__isnull=False), name="cases_letters_returned"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.get_kind_display()}"

    @property
    def is_held(self) -> bool:
        return self.held_at is not None and self.released_at is None and self.cancelled_at is None

    @property
    def is_ready(self) -> bool:
        return self.made_at is not None and self.cancelled_at is None

    @transaction.atomic
    def release(self, *, reason: str, by: User) -> None:
        """Release a held letter after a person has checked it (留め置きの解除)."""
        self._decide("released_at", "留め置きの解除", reason, by)

    @transaction.atomic
    def cancel(self, *, reason: str, by: User) -> None:
        """Cancel a held letter; it is handed over in person instead (送付の取りやめ)."""
        self._decide("cancelled_at", "送付の取りやめ", reason, by)
        self.case.set_delivery(Case.DeliveryStatus.NONE)

    @transaction.atomic
    def clear_flag(self, *, reason: str, by: User) -> None:
        """Allow a ready letter to go out although a flag was placed after it was rendered.

        Raises Conflict when that was decided before.
        """
        self.case.require_department(by)
        ready = {"made_at__isnull": False, "cancelled_at": None, "posted_at": None}
        if not stamp_once(self, "released_at", read=ready):
            raise Conflict("この通知書の扱いは、すでに決まっています。")
        self.case.log_event("発送前の確認", by=by, reason=reason, audience="office")
        log.record(self, "発送前の確認", by=by, after={"reason": reason})

    @transaction.atomic
    def mark_returned(self, *, reason: str, by: User) -> None:
        """Mark a posted letter as returned by the post (返戻). Raises Conflict unless it was posted."""
        self.case.require_department(by)
        if not stamp_once(self, "returned_at", read={"posted_at__isnull": False}, return_reason=reason[:200]):
            raise Conflict("発送していないか、すでに返戻が記録されています。")
        self.case.set_delivery(Case.DeliveryStatus.RETURNED)
        self.case.log_event("通知書の返戻", by=by, reason=reason, audience="office")
        log.record(self, "通知書の返戻", by=by, after={"reason": reason})

    def require_taking(self, *, by: Actor) -> None:
        """Ask again whether a person may take the letter away now; the applicant's own door asks whose it is.

        Raises NotAllowed to other departments, NotYet where it is unmade or names a person flagged since, Conflict
        where it was disposed of.
        """
        if user_of(by) is not None:
            self.case.require_department(by)
        self.require_free()

    def require_free(self) -> None:
        """Raises NotYet where it is unmade or names a person flagged since, Conflict where it was disposed of."""
        if not self.is_ready:
            raise NotYet("通知書は、まだできていません。")
        if not self.file:
            raise Conflict(GONE)
        if unreleased_flagged([self]):
            raise NotYet(BLOCKED)

    def _decide(self, field: str, act: str, reason: str, by: User) -> None:
        self.case.require_department(by)
        held = {"held_at__isnull": False, "released_at": None, "cancelled_at": None}
        if not stamp_once(self, field, read=held):
            raise Conflict("この通知書の扱いは、すでに決まっています。")
        self.case.log_event(act, by=by, reason=reason, audience="office")
        log.record(self, act, by=by, after={"reason": reason})

    @transaction.atomic
    def mark_opened(self, *, by: Actor) -> None:
        """Mark the letter as received online (受領), once; each opening is audited."""
        if read_only() is None and stamp_once(self, "opened_at"):
            self.case.set_delivery(Case.DeliveryStatus.DONE)
        log.record(self.case, "通知書の受領", by=by)
