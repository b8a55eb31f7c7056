"""Meeting documents 会議資料: papers of a meeting and their disclosure."""

from django.db import models
from django.db.models import Q

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.meetings.models.meeting import Meeting
from todoke.organization.permissions import is_staff
from todoke.runtime.refusals import NotAllowed


class MeetingDocument(models.Model):
    """会議資料: a document of a meeting, what the public may see of it, and why not."""

    class Disclosure(models.TextChoices):
        PUBLIC = "public", "公開"
        PARTIAL = "partial", "一部公開"
        CLOSED = "closed", "非公開"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name="会議")
    number = models.CharField("資料番号", max_length=20)
    title = models.CharField("資料名", max_length=200)
    file = models.FileField("ファイル", upload_to="meetings/", blank=True)
    disclosure = models.CharField("公開区分", max_length=10, choices=Disclosure, default=Disclosure.PUBLIC)
    closed_reason = models.CharField("公開しない理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "会議資料"
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_one_document_per_number"),
            models.CheckConstraint(
                condition=Q(disclosure="public") | ~Q(closed_reason=""), name="meetings_closing_a_paper_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def can_be_taken_by(self, user: User) -> bool:
        """Whether a person may take the file today: any staff a public one, of others who prepares or attends."""
        if self.disclosure == self.Disclosure.PUBLIC:
            return is_staff(user)
        return self.meeting.opens_closed_documents_to(user)

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed unless the person may take the file today."""
        user = user_of(by)
        if user is None or not self.can_be_taken_by(user):
            raise NotAllowed(
                "公開しない資料を取り出せるのは、この会議に出る職位の職員と、事務局と、監査担当です。"
                "要るときは、事務局に頼んでください。"
            )
