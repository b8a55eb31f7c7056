"""Scan batches 読取り束: sheets that arrived together, counted, read, checked and finished."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.organization.models import Department
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused
from todoke.scans.models.scan_template import ScanTemplate
from todoke.scans.permissions import CHECK_SCANS

MOST_PAGES = 1_000


def new_token() -> str:
    """Return a random token of 32 letters."""
    return get_random_string(32)


class ScanBatchQuerySet(models.QuerySet["ScanBatch"]):
    def visible_to(self, user: User) -> ScanBatchQuerySet:
        """The batches of the departments whose paper the person checks."""
        return self.filter(department__in=CHECK_SCANS.departments_of(user))


class ScanBatch(models.Model):
    """読取り束: sheets of one template that came by one way; the pages that somebody counted must have arrived."""

    class Status(models.TextChoices):
        ARRIVED = "arrived", "到着"
        READING = "reading", "読取中"
        CHECKING = "checking", "確認中"
        DONE = "done", "完了"

    class Channel(models.TextChoices):
        POST = "post", "郵送"
        COUNTER = "counter", "窓口"
        FAX = "fax", "ファクス"

    NEXT: ClassVar[Transitions] = {
        Status.ARRIVED: frozenset({Status.READING, Status.CHECKING}),
        Status.READING: frozenset({Status.ARRIVED, Status.CHECKING}),
        Status.CHECKING: frozenset({Status.READING, Status.DONE}),
        Status.DONE: frozenset(),
    }

    token = models.CharField("合言葉", max_length=32, unique=True, default=new_token)
    template = models.ForeignKey(ScanTemplate, models.PROTECT, related_name="batches", verbose_name="読取り様式")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="担当部署")
    channel = models.CharField("届き方", max_length=10, choices=Channel.choices)
    claimed = models.PositiveIntegerField("数えた枚数")
    received_at = models.DateTimeField("受け付けた日時")
    is_baseline = models.BooleanField("読取りを使わずに測る", default=False)
    handling_seconds = models.PositiveIntegerField("スキャンと仕分けの秒数", default=0)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.ARRIVED)
    engine = models.CharField("読取りの部品", max_length=100, blank=True)
    read_done = models.PositiveIntegerField("読んだ枚数", default=0)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="始めた人")
    begun_at = models.DateTimeField("始めた日時", default=timezone.now)
    finished_at = models.DateTimeField("終えた日時", null=True)
    erased_at = models.DateTimeField("画像と値を消した日時", null=True)

    objects = ScanBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "読取り束"
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(claimed__gte=1), name="scans_a_batch_has_pages"),
            models.CheckConstraint(condition=Q(received_at__lte=F("begun_at")), name="scans_received_before_scanned"),
            models.CheckConstraint(
                condition=Q(status="done", finished_at__isnull=False)
                | (~Q(status="done") & Q(finished_at__isnull=True)),
                name="scans_done_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["department", "status"], name="scans_batch_by_department")]

    def __str__(self) -> str:
        return f"{self.template.title} {self.claimed}枚"

    @classmethod
    @transaction.atomic
    def begin(
        cls, template: ScanTemplate, *, channel: str, claimed: int, received_at: datetime, by: User,
        is_baseline: bool = False,
    ) -> ScanBatch:  # fmt: skip
        """Create a batch (読取り束の始まり). Raises NotAllowed for others, Refused for impossible numbers."""
        require_checker(template.department, by)
        now = timezone.now()
        if not 1 <= claimed <= MOST_PAGES:
            raise Refused(f"枚数は、1から{MOST_PAGES:,}までで入れてください。")
        if received_at > now:
            raise Refused("受け付けた日時が未来です。書類を受け取った日時を入れてください。")
        made = cls.objects.create(
            template=template, department=template.department, channel=channel, claimed=claimed,
            received_at=received_at, is_baseline=is_baseline, begun_by=by, begun_at=now,
        )  # fmt: skip
        record(made, "読取り束の始まり", by=by, after={"枚数": claimed, "届き方": channel})
        return made

    @property
    def is_open(self) -> bool:
        """Whether sheets can still be added or taken out."""
        return self.status in {self.Status.ARRIVED, self.Status.CHECKING}

    @property
    def unread(self) -> int:
        """How many sheets the reader has not looked at, which came after it or were never given to it."""
        return self.sheets.live().filter(looked_at=False, settled_at=None).count()

    @transaction.atomic
    def recount(self, claimed: int, handling_seconds: int, *, by: User) -> None:
        """Correct the counted pages and the seconds for scanning and sorting (枚数の訂正).

        Raises NotAllowed, Refused for an impossible number, Conflict where it is finished.
        """
        require_checker(self.department, by)
        if not 1 <= claimed <= MOST_PAGES:
            raise Refused(f"枚数は、1から{MOST_PAGES:,}までで入れてください。")
        before = {"枚数": self.claimed}
        if not compare_and_set(
            self, {"status": self.status, "finished_at": None}, claimed=claimed, handling_seconds=handling_seconds
        ):
            raise Conflict("ほかの人が先に変えました。画面を開き直してください。")
        record(self, "枚数の訂正", by=by, before=before, after={"枚数": claimed})

    @transaction.atomic
    def begin_reading(self, engine: str, *, by: User) -> None:
        """Hand the sheets to the reader (読取りの始まり). Raises NotAllowed, Conflict."""
        require_checker(self.department, by)
        self._move(self.Status.READING, engine=engine, read_done=0)
        record(self, "読取りの始まり", by=by, after={"部品": engine})

    @transaction.atomic
    def cancel_reading(self, *, by: User) -> None:
        """Stop the reader (読取りの取りやめ); what was read stays. Raises NotAllowed, Conflict."""
        require_checker(self.department, by)
        self._move(self.Status.ARRIVED)
        record(self, "読取りの取りやめ", by=by)

    def note_read(self, done: int) -> bool:
        """Write how many sheets are read; False where somebody stopped the reader."""
        return compare_and_set(self, {"status": self.Status.READING}, read_done=done)

    def end_reading(self) -> bool:
        """Pass from the reader to the people; False where somebody stopped it."""
        return transition(self, self.Status.CHECKING)

    @transaction.atomic
    def begin_checking(self, *, by: User) -> None:
        """Begin to check without a reader (確認の始まり). Raises NotAllowed, NotYet without a sheet, Conflict."""
        require_checker(self.department, by)
        if not self.sheets.live().exists():
            raise NotYet("まだ画像がありません。スキャンした画像を入れてください。")
        self._move(self.Status.CHECKING)
        record(self, "確認の始まり", by=by)

    @transaction.atomic
    def finish(self, *, by: User) -> None:
        """Finish the batch (読取り束の完了).

        Raises NotAllowed, NotYet unless as many pages arrived as were counted and each became a case or was taken out.
        """
        require_checker(self.department, by)
        arrived = self.sheets.count()
        if arrived != self.claimed:
            raise NotYet(
                f"数えた枚数は{self.claimed}枚、届いた画像は{arrived}枚です。足りない画像を入れるか、枚数を直してください。"
            )
        if left := self.sheets.live().filter(settled_at=None).count():
            raise NotYet(f"まだ受け付けていない紙面が{left}枚あります。受け付けるか、理由を書いて外してください。")
        self._move(self.Status.DONE, finished_at=timezone.now())
        record(self, "読取り束の完了", by=by, after={"枚数": arrived})

    def _move(self, to: str, **changes: Any) -> None:
        if not transition(self, to, **changes):
            raise Conflict("ほかの人が先に進めました。画面を開き直してください。")


def require_checker(department: Department, by: User) -> None:
    """Raises NotAllowed unless a person checks the paper of a department."""
    if not CHECK_SCANS.held_by(by, department):
        raise NotAllowed("紙の申請を取り込めるのは、担当部署の職員です。")
