"""Draft reminders 送り忘れのお知らせ: who wants to be told once of an application that was begun and not sent."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases.models.draft import Draft
from todoke.runtime.field_encryption import decrypt_text, encrypt_text

AFTER = timedelta(days=3)


class DraftReminderQuerySet(models.QuerySet["DraftReminder"]):
    def due(self, now: datetime | None = None) -> "DraftReminderQuerySet":
        """Reminders whose time has come and whose application is still not sent."""
        return self.filter(reminded_at=None, due_at__lte=now or timezone.now(), draft__sent_at=None)


class DraftReminder(models.Model):
    """送り忘れのお知らせ: one mail that an applicant agreed to; the address is encrypted and goes with the mail."""

    draft = models.OneToOneField(Draft, models.CASCADE, related_name="reminder", verbose_name="申請の下書き")
    contact = models.TextField("メールアドレス", blank=True)
    agreed_at = models.DateTimeField("同意した日時", default=timezone.now)
    due_at = models.DateTimeField("知らせる日時")
    reminded_at = models.DateTimeField("知らせた日時", null=True)

    objects = DraftReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "送り忘れのお知らせ"
        indexes = [models.Index(fields=["due_at"], name="cases_reminder_due", condition=models.Q(reminded_at=None))]

    def __str__(self) -> str:
        return f"送り忘れのお知らせ{self.pk}"

    @classmethod
    @transaction.atomic
    def agree(cls, draft: Draft, contact: str, *, by: Actor) -> None:
        """Remember that the applicant wants one mail in three days (お知らせの同意); never a second one for a draft."""
        kept, fresh = cls.objects.get_or_create(
            draft=draft, defaults={"contact": encrypt_text(contact), "due_at": timezone.now() + AFTER}
        )
        if not fresh and kept.reminded_at is None:
            compare_and_set(kept, {"reminded_at": None}, contact=encrypt_text(contact))
        log.record(draft, "送り忘れのお知らせの同意", by=by)

    def address(self) -> str:
        """Return the mail address in clear. Raises KeyLost."""
        return decrypt_text(self.contact)

    def claim(self) -> bool:
        """Mark as told, and forget the address; False where another process was first."""
        return stamp_once(self, "reminded_at", contact="")
