"""Reviews 公開前の確認: a second person reads what changes for whom before a form is published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.formbuilder.document.parser import fingerprint
from todoke.formbuilder.models.form import FormDraft
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> ReviewQuerySet:
        return self.filter(status=Review.Status.WAITING)


class Review(models.Model):
    """公開前の確認: one draft as it stood when the question was asked, and what a second person said to it."""

    class Status(models.TextChoices):
        WAITING = "waiting", "確認待ち"
        APPROVED = "approved", "確認済み"
        RETURNED = "returned", "差戻し"
        REPLACED = "replaced", "頼み直し"

    NEXT: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.APPROVED, Status.RETURNED, Status.REPLACED}),
        Status.APPROVED: frozenset(),
        Status.RETURNED: frozenset(),
        Status.REPLACED: frozenset(),
    }

    draft = models.ForeignKey(FormDraft, models.PROTECT, related_name="reviews", verbose_name="様式案")
    hash = models.CharField("ハッシュ", max_length=64)
    request = models.CharField("見てほしいところ", max_length=300, blank=True)
    asked_at = models.DateTimeField("頼んだ日時", default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="頼んだ人")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.WAITING)
    decided_at = models.DateTimeField("答えた日時", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="確かめた人")
    comment = models.CharField("意見", max_length=500, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "公開前の確認"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(status="waiting"), name="formbuilder_one_waiting_review_per_draft"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(asked_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="formbuilder_reviewer_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.get_status_display()}"

    @classmethod
    @transaction.atomic
    def ask(cls, draft: FormDraft, *, by: Actor, request: str = "") -> Review:
        """Ask for a second pair of eyes; it replaces what is waiting. Raises ``publication.NotPublishable``."""
        draft.inspect()
        for waiting in cls.objects.waiting().filter(draft=draft):
            waiting._move(cls.Status.REPLACED)  # noqa: SLF001 - a review of its own class
        seal = fingerprint(draft.document)
        review = cls.objects.create(draft=draft, hash=seal, request=request, asked_by=user_of(by))
        record(draft, "公開前の確認の依頼", by=by, after={"ハッシュ": seal})
        return review

    @classmethod
    def require(cls, draft: FormDraft) -> None:
        """Raise NotYet unless the draft, as it stands, was confirmed by a second person."""
        done = cls.objects.filter(draft=draft, status=cls.Status.APPROVED, hash=fingerprint(draft.document))
        if settings.FORM_REVIEW and not done.exists():
            raise NotYet("まだ公開できません。作った人ではない設計担当が内容を確かめると、公開できます。")

    def can_decide(self, user: User) -> bool:
        """Anybody but the person who asked and the person who edited last."""
        return user.pk not in {self.asked_by_id, self.draft.edited_by_id}

    @transaction.atomic
    def approve(self, *, by: User, comment: str = "") -> None:
        """Confirm what was read (確認). Raises NotAllowed, or Conflict when the draft is another one by now."""
        self._decide(self.Status.APPROVED, "公開前の確認", by, comment)

    @transaction.atomic
    def return_to_designer(self, *, by: User, comment: str) -> None:
        """Give it back with what is to be changed (差戻し). Raises as ``approve`` does."""
        self._decide(self.Status.RETURNED, "公開前の差戻し", by, comment)

    def _decide(self, to: str, act: str, by: User, comment: str) -> None:
        if not self.can_decide(by):
            raise NotAllowed(
                "自分が作った様式、自分が頼んだ確認は、自分では終えられません。ほかの設計担当に頼んでください。"
            )
        unchanged = fingerprint(FormDraft.objects.select_for_update().get(pk=self.draft_id).document) == self.hash
        if not unchanged or not self._move(to, decided_by=by, decided_at=timezone.now(), comment=comment):
            raise Conflict("様式案がそのあとで変わったか、ほかの人が先に答えました。もう一度開いて確かめてください。")
        record(self.draft, act, by=by, reason=comment, after={"ハッシュ": self.hash})

    def _move(self, to: str, **fields: Any) -> bool:
        if to not in self.NEXT[self.Status.WAITING]:
            return False
        moved = Review.objects.filter(pk=self.pk, status=self.Status.WAITING).update(status=to, **fields)
        if moved:
            self.status = to
        return bool(moved)
