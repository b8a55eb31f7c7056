"""Publication schedules 公開予定: a document stored now that is published at a set time."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.formbuilder.document.parser import fingerprint
from todoke.formbuilder.models.form import FormDraft, FormVersion


class PublicationScheduleQuerySet(models.QuerySet["PublicationSchedule"]):
    def waiting(self) -> PublicationScheduleQuerySet:
        """Schedules neither published nor cancelled."""
        return self.filter(status=PublicationSchedule.Status.WAITING)

    def due(self, now: datetime) -> PublicationScheduleQuerySet:
        """Waiting schedules whose time has come."""
        return self.waiting().filter(publish_at__lte=now)


class PublicationSchedule(models.Model):
    """公開予定: the document as it was when the time was set; later edits of the draft are not included."""

    class Status(models.TextChoices):
        WAITING = "waiting", "公開待ち"
        DONE = "done", "公開済み"
        CANCELLED = "cancelled", "取消し"

    NEXT: ClassVar[Transitions] = {
        Status.WAITING: frozenset({Status.DONE, Status.CANCELLED}),
        Status.DONE: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    draft = models.ForeignKey(FormDraft, models.PROTECT, related_name="schedules", verbose_name="様式案")
    document = models.JSONField("文書")
    note = models.CharField("公開のメモ", max_length=300, blank=True)
    publish_at = models.DateTimeField("公開日時")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.WAITING)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="予定した人")
    version = models.ForeignKey(FormVersion, models.PROTECT, null=True, related_name="+", verbose_name="様式の版")

    objects = PublicationScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = "公開予定"
        ordering = ["publish_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(status="waiting"), name="formbuilder_one_waiting_schedule_per_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.publish_at:%Y-%m-%d %H:%M}"

    @classmethod
    @transaction.atomic
    def plan(cls, draft: FormDraft, at: datetime, *, by: Actor, note: str = "") -> PublicationSchedule:
        """Schedule the publication of the document as it stands; a waiting schedule of the draft is cancelled.

        Raises NotPublishable now rather than at the set time.
        """
        draft.check_publishable()
        for waiting in cls.objects.waiting().filter(draft=draft):
            waiting.cancel(by=by)
        plan = cls.objects.create(draft=draft, document=draft.document, publish_at=at, note=note, set_by=user_of(by))
        record(draft, "公開の予定", by=by, after={"日時": at.isoformat(), "ハッシュ": fingerprint(draft.document)})
        return plan

    @transaction.atomic
    def cancel(self, *, by: Actor) -> bool:
        """Cancel the schedule; False when it was published or cancelled before."""
        if not transition(self, self.Status.CANCELLED):
            return False
        record(self.draft, "公開予定の取消し", by=by)
        return True

    @transaction.atomic
    def publish(self, *, by: Actor) -> FormVersion | None:
        """Publish the stored document and return its version; None when another worker was first."""
        if not transition(self, self.Status.DONE):
            return None
        version = self.draft.create_version(self.document, by=by, note=self.note)
        PublicationSchedule.objects.filter(pk=self.pk).update(version=version)
        return version


def publish_due(now: datetime | None = None) -> list[FormVersion]:
    """Publish every due schedule; return the new versions. Idempotent."""
    done = [plan.publish(by=System()) for plan in PublicationSchedule.objects.due(now or timezone.now())]
    return [version for version in done if version is not None]
