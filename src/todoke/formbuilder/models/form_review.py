"""Form reviews 公開前の確認: a second person confirms a draft before it is published (four-eyes principle)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, transition
from todoke.formbuilder import signals
from todoke.formbuilder.document.parser import fingerprint
from todoke.formbuilder.models.form import FormDraft
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet


class FormReviewQuerySet(models.QuerySet["FormReview"]):
    def waiting(self) -> FormReviewQuerySet:
        """Reviews without an answer."""
        return self.filter(status=FormReview.Status.WAITING)


class FormReview(models.Model):
    """公開前の確認: a request to confirm one draft, identified by its hash, and the answer of a second person."""

    class Status(models.TextChoices):
        WAITING = "waiting", "確認待ち"
        APPROVED = "approved", "確認済み"
        RETURNED = "returned", "差戻し"
        REPLACED = "replaced", "頼み直し"

    NEXT: ClassVar[Transitions] = {
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

    objects = FormReviewQuerySet.as_manager()

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
    def open(cls, draft: FormDraft, *, by: Actor, request: str = "") -> FormReview:
        """Request a review; a waiting one of the draft is replaced. Raises NotPublishable."""
        draft.check_publishable()
        for waiting in cls.objects.waiting().filter(draft=draft):
            transition(waiting, cls.Status.REPLACED)
        document_hash = fingerprint(draft.document)
        review = cls.objects.create(draft=draft, hash=document_hash, request=request, asked_by=user_of(by))
        record(draft, "公開前の確認の依頼", by=by, after={"ハッシュ": document_hash})
        signals.review_requested.send(cls, review=review, by=by)
        return review

    @classmethod
    def require_approved(cls, draft: FormDraft) -> None:
        """Raise NotYet unless the draft as it stands was confirmed, or reviews are switched off."""
        done = cls.objects.filter(draft=draft, status=cls.Status.APPROVED, hash=fingerprint(draft.document))
        if settings.FORM_REVIEW and not done.exists():
            raise NotYet("まだ公開できません。作った人ではない設計担当が内容を確かめると、公開できます。")

    def can_decide(self, user: User) -> bool:
        """Tell whether a person is neither the requester nor the last editor."""
        return user.pk not in {self.asked_by_id, self.draft.edited_by_id}

    @transaction.atomic
    def approve(self, *, by: User, comment: str = "") -> None:
        """Confirm the draft (確認). Raises NotAllowed for requester and last editor, Conflict for a changed draft."""
        self._decide(self.Status.APPROVED, "公開前の確認", by, comment)

    @transaction.atomic
    def return_to_designer(self, *, by: User, comment: str) -> None:
        """Return the draft with a comment (差戻し). Raises as ``approve`` does."""
        self._decide(self.Status.RETURNED, "公開前の差戻し", by, comment)

    def _decide(self, to: str, act: str, by: User, comment: str) -> None:
        if not self.can_decide(by):
            raise NotAllowed(
                "自分が作った様式、自分が頼んだ確認は、自分では終えられません。ほかの設計担当に頼んでください。"
            )
        unchanged = fingerprint(FormDraft.objects.select_for_update().get(pk=self.draft_id).document) == self.hash
        if not unchanged or not transition(self, to, decided_by=by, decided_at=timezone.now(), comment=comment):
            raise Conflict("様式案がそのあとで変わったか、ほかの人が先に答えました。もう一度開いて確かめてください。")
        record(self.draft, act, by=by, reason=comment, after={"ハッシュ": self.hash})
        signals.review_settled.send(type(self), review=self, by=by)
