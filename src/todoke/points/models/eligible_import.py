"""Eligible imports 対象者の取込: a table of people taken into the list of a programme, piece by piece, by a job."""

from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.jobs.backend import task_named
from todoke.points.models.point_program import PointProgram
from todoke.runtime.refusals import Conflict

AT_ONCE, STEP = 1000, 1000
"""Rows that are taken in while the person waits, and rows of one transaction of the job."""
TAKE_IN = "todoke.points.tasks.take_in_people"


class EligibleImportQuerySet(models.QuerySet["EligibleImport"]):
    def going_on(self) -> "EligibleImportQuerySet":
        """Imports that are neither done nor cancelled."""
        return self.filter(finished_at=None, cancelled_at=None)


class EligibleImport(models.Model):
    """対象者の取込: how far a table is taken in; the numbers were sealed when it was read and go when it is done."""

    program = models.ForeignKey(PointProgram, models.PROTECT, related_name="imports", verbose_name="事業")
    rows = models.JSONField("封じた行", default=list)
    total = models.PositiveIntegerField("行数")
    done = models.PositiveIntegerField("済んだ行", default=0)
    added = models.PositiveIntegerField("加えた人数", default=0)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="始めた人")
    started_at = models.DateTimeField("始めた日時", default=timezone.now)
    finished_at = models.DateTimeField("終えた日時", null=True, blank=True)
    cancelled_at = models.DateTimeField("取りやめた日時", null=True, blank=True)

    objects = EligibleImportQuerySet.as_manager()

    class Meta:
        verbose_name = "対象者の取込"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="points_no_more_done_than_there_is"),
            models.CheckConstraint(
                condition=Q(finished_at=None, cancelled_at=None) | Q(rows=[]), name="points_a_finished_table_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} {self.total:,}行"

    @classmethod
    @transaction.atomic
    def begin(cls, program: PointProgram, people: Iterable[tuple[str, int | None]], *, by: Actor) -> "EligibleImport":
        """Seal the numbers of a table and take them in, a short one at once, a long one by a job (取込みの開始).

        Raises Refused for what can be no number, Closed for a programme that ended; takes nothing then.
        """
        rows = program.sealed(people)
        made = cls.objects.create(program=program, rows=rows, total=len(rows), started_by=user_of(by))
        log.record(program, "対象者の取込みの開始", by=by, after={"行数": made.total})
        if made.total <= AT_ONCE:
            made.take_in()
        else:
            task_named(TAKE_IN).enqueue(made.pk)
        return made

    def take_in(self) -> None:
        """Take the rest of the table in, piece by piece, until it is done or cancelled; safe to run twice."""
        while True:
            with transaction.atomic():
                held = EligibleImport.objects.select_for_update().get(pk=self.pk)
                if held.finished_at or held.cancelled_at:
                    break
                held.take_piece()
        self.refresh_from_db()

    def take_piece(self) -> None:
        """Take the next rows in, within the transaction of the caller, and note how far it is."""
        piece = self.rows[self.done : self.done + STEP]
        added, done = self.added + self.program.take_in(piece), self.done + len(piece)
        changes: dict[str, object] = {"done": done, "added": added}
        if done >= self.total:
            changes |= {"finished_at": timezone.now(), "rows": []}
            after = {"added": added, "of": self.total}
            log.record(self.program, "対象者の取込み", by=self.started_by or System("取込み"), after=after)
        compare_and_set(self, {"done": self.done, "cancelled_at": None}, **changes)

    @transaction.atomic
    def cancel(self, *, by: Actor) -> None:
        """Take nobody in any more (取りやめ); who was taken in stays. Raises Conflict once it is over."""
        if not stamp_once(self, "cancelled_at", read={"finished_at": None}, rows=[]):
            raise Conflict("この取込みは、もう終わっています。")
        log.record(self.program, "対象者の取込みの取りやめ", by=by, after={"済んだ行": self.done, "行数": self.total})
