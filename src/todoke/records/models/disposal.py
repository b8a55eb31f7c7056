"""Disposals 廃棄・移管: lists of expired files that are erased or transferred after approval."""

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.jobs.backend import task_named
from todoke.records import signals
from todoke.records.models.file import RecordFile
from todoke.runtime.refusals import Refused

WIPE = "todoke.records.tasks.truncate_write_ahead_log"


def new_code() -> str:
    """Return a random code of D and eight characters."""
    return f"D{get_random_string(8, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}"


class Disposal(models.Model):
    """廃棄・移管の決定: a list of files to destroy or transfer, and the decision that approves it."""

    class Kind(models.TextChoices):
        DESTROY = "destroy", "廃棄"
        TRANSFER = "transfer", "公文書館へ移管"

    class Status(models.TextChoices):
        DRAWN_UP = "drawn_up", "協議中"
        APPROVED = "approved", "決裁済み"
        DONE = "done", "実施済み"
        DROPPED = "dropped", "取りやめ"

    NEXT: ClassVar[Transitions] = {
        Status.DRAWN_UP: frozenset({Status.APPROVED, Status.DROPPED}),
        Status.APPROVED: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
        Status.DROPPED: frozenset(),
    }

    code = models.CharField("整理番号", max_length=12, unique=True, default=new_code)
    kind = models.CharField("区分", max_length=10, choices=Kind.choices)
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.DRAWN_UP)
    list_hash = models.CharField("一覧の照合値", max_length=64)
    decision = models.CharField("決裁の番号", max_length=20, blank=True)
    drawn_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="作成者")
    drawn_up_at = models.DateTimeField("作成日時", auto_now_add=True)
    approved_at = models.DateTimeField("決裁日時", null=True)
    done_at = models.DateTimeField("実施日時", null=True)

    class Meta:
        verbose_name = "廃棄・移管の決定"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="done") | models.Q(approved_at__isnull=False) & ~models.Q(decision=""),
                name="records_nothing_is_disposed_of_without_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    @transaction.atomic
    def create_list(cls, files: Iterable[RecordFile], *, kind: "Disposal.Kind", by: Actor) -> "Disposal":
        """Create a list of expired files without a hold.

        Raises NotAllowed to other departments than that of every file, Refused, naming the first that does not fit.
        """
        chosen = sorted(files, key=lambda file: file.number)
        fit = set(RecordFile.objects.disposable().filter(pk__in=[f.pk for f in chosen]).values_list("pk", flat=True))
        for file in chosen:
            file.require_keeping(by=by)
            if file.pk not in fit:
                raise Refused(f"{file.number} は、満了していないか、廃棄停止中か、ほかの一覧に載っています。")
        if not chosen:
            raise Refused("ファイルを選んでください。")
        list_hash = hashlib.sha256("\n".join(file.number for file in chosen).encode()).hexdigest()
        made = cls.objects.create(kind=kind, list_hash=list_hash, drawn_up_by=user_of(by))
        for file in chosen:
            file.transition(RecordFile.Status.NOMINATED)
            made.items.create(file=file)
        record(made, "廃棄・移管の一覧の作成", by=by, after={"区分": kind, "件数": len(chosen), "一覧": list_hash})
        return made

    def _move(self, to: "Disposal.Status", **changes: Any) -> None:
        if not transition(self, to, **changes):
            raise Refused(f"「{self.get_status_display()}」の一覧は「{to.label}」にできません。")

    @transaction.atomic
    def approve(self, *, decision: str, list_hash: str, by: Actor) -> None:
        """Record the decision (決裁の番号) on exactly this list. Raises Refused for any other list or status."""
        if not decision or list_hash != self.list_hash:
            raise Refused("決裁された一覧と、この一覧が一致しません。")
        self._move(self.Status.APPROVED, approved_at=timezone.now(), decision=decision)
        record(self, "廃棄・移管の決裁", by=by, after={"決裁": decision})

    @transaction.atomic
    def cancel(self, *, by: Actor) -> None:
        """Cancel the list; its files are kept. Raises Refused after approval."""
        self._move(self.Status.DROPPED)
        for item in self.items.select_related("file"):
            item.file.transition(RecordFile.Status.KEPT)
        record(self, "廃棄・移管の取りやめ", by=by)

    @transaction.atomic
    def execute(self, *, by: Actor) -> int:
        """Erase or transfer the files of an approved list, here and in every app above; return how many.

        A file with a hold is kept instead. Raises NotAllowed unless every file is the person's department's, Refused
        without approval.
        """
        items = list(self.items.select_related("file__department"))
        for item in items:
            item.file.require_keeping(by=by)
        self._move(self.Status.DONE, done_at=timezone.now())
        to = RecordFile.Status.DISPOSED if self.kind == self.Kind.DESTROY else RecordFile.Status.TRANSFERRED
        erased = 0
        for item in items:
            if item.file.is_held:
                item.file.transition(RecordFile.Status.KEPT)
                continue
            signals.before_erase.send(Disposal, file=item.file, by=by)
            item.file.erase_content(to, by=by)
            erased += 1
        task_named(WIPE).enqueue()
        record(self, "廃棄・移管の実施", by=by, after={"件数": erased})
        return erased


class DisposalItem(models.Model):
    """廃棄・移管の対象: one file on a list."""

    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="items", verbose_name="廃棄・移管の決定")
    file = models.ForeignKey(RecordFile, models.PROTECT, related_name="nominations", verbose_name="公文書ファイル")

    class Meta:
        verbose_name = "廃棄・移管の対象"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["disposal", "file"], name="records_a_file_is_listed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.disposal} {self.file}"
