"""Letters 通知書 of decisions, and the stop flags 支援措置 that hold them until a person decides."""

from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import get_random_string, salted_hmac

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.cases.models.case import Case
from todoke.cases.models.querysets import departments_worked_in
from todoke.japanese.calendar import today
from todoke.japanese.variants import name_key
from todoke.offers.models import LetterText
from todoke.organization.models import Department
from todoke.runtime.read_only_mode import read_only
from todoke.runtime.refusals import Conflict, NotAllowed


def person_key(name: str) -> str:
    """Return the keyed hash under which a person's name is compared, in any spelling."""
    return salted_hmac("todoke.cases.person", name_key(name), algorithm="sha256").hexdigest()


def new_token() -> str:
    return get_random_string(32)


class StopFlagQuerySet(models.QuerySet["StopFlag"]):
    def in_force(self, on: date | None = None) -> "StopFlagQuerySet":
        on = on or today()
        return self.filter(starts_on__lte=on, ends_on__gte=on, lifted_at__isnull=True)

    def visible_to(self, user: User) -> "StopFlagQuerySet":
        """Flags that a person may read: those their department placed."""
        return self.filter(department__in=departments_worked_in(user).values("pk"))


class StopFlag(models.Model):
    """支援措置: holds everything that names this person until somebody has checked it (DV等支援措置).

    One year at most.
    """

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    name = models.CharField("氏名", max_length=200)
    key = models.CharField("照合値", max_length=64, db_index=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="stop_flags", verbose_name="担当部署")
    starts_on = models.DateField("開始日")
    ends_on = models.DateField("終了日")
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登録した人")
    lifted_at = models.DateTimeField("解除日時", null=True)

    objects = StopFlagQuerySet.as_manager()

    class Meta:
        verbose_name = "支援措置"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="cases_flag_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"支援措置{self.pk}"

    @classmethod
    @transaction.atomic
    def place(cls, *, name: str, department: Department, starts_on: date, ends_on: date, by: User) -> "StopFlag":
        """Create a stop flag for a name (支援措置の登録). Raises NotAllowed to other departments."""
        if not departments_worked_in(by).filter(pk=department.pk).exists():
            raise NotAllowed("支援措置を登録できるのは、その部署の職員です。")
        flag = cls.objects.create(
            name=name, key=person_key(name), department=department, starts_on=starts_on, ends_on=ends_on, placed_by=by
        )
        log.record(flag, "支援措置の登録", by=by, after={"starts_on": starts_on, "ends_on": ends_on})
        return flag

    @transaction.atomic
    def lift(self, *, by: User) -> None:
        """End a flag before its time (支援措置の解除).

        Raises NotAllowed to other departments, Conflict when it has ended.
        """
        if not departments_worked_in(by).filter(pk=self.department_id).exists():
            raise NotAllowed("支援措置を解除できるのは、登録した部署の職員です。")
        if not stamp_once(self, "lifted_at"):
            raise Conflict("この支援措置は、すでに解除されています。")
        log.record(self, "支援措置の解除", by=by)


class LetterQuerySet(models.QuerySet["Letter"]):
    def in_office_of(self, user: User) -> "LetterQuerySet":
        """Letters of the departments that a member of staff works in today."""
        return self.filter(case__department__in=departments_worked_in(user).values("pk"))

    def ready(self) -> "LetterQuerySet":
        """Letters with a file that were not cancelled."""
        return self.filter(made_at__isnull=False, cancelled_at__isnull=True)

    def to_post(self) -> "LetterQuerySet":
        """Ready letters that were not opened online, posted, or put in a batch."""
        return self.ready().filter(opened_at__isnull=True, posted_at__isnull=True, batch__isnull=True)


class LetterBatch(models.Model):
    """通知書の一括印刷: letters printed in one file with their address sheet, posted together."""

    token = models.CharField("整理番号", max_length=32, unique=True, default=new_token)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    requested_at = models.DateTimeField("求めた日時", auto_now_add=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="求めた人")
    total = models.PositiveIntegerField("通知書の数")
    done = models.PositiveIntegerField("できた数", default=0)
    made_at = models.DateTimeField("できた日時", null=True)
    file = models.CharField("通知書のファイル", max_length=200, blank=True)
    addresses = models.CharField("宛名シートのファイル", max_length=200, blank=True)
    problem = models.TextField("作れない理由", blank=True)
    posted_at = models.DateTimeField("発送を記録した日時", null=True)

    class Meta:
        verbose_name = "通知書の一括印刷"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__isnull=True) | Q(made_at__isnull=False), name="cases_a_posted_batch_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"一括印刷{self.pk}"


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
