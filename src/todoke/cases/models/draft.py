"""Drafts 申請の下書き: applications begun and not yet sent, bound to the release they began with."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.status import Channel
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.upload_cleanup import delete_with_files
from todoke.formbuilder.models import Submission
from todoke.notices.notice_erasure import erase_about
from todoke.offers.models import Release
from todoke.runtime.refusals import Conflict, NotAllowed

KEPT = timedelta(days=90)
"""How long an unsent draft is kept after it was saved last; a mailed link to it ends before."""


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, user: User) -> "DraftQuerySet":
        """Unsent drafts of a person."""
        return self.filter(applicant=user, sent_at__isnull=True)

    def abandoned(self, now: datetime | None = None) -> "DraftQuerySet":
        """Unsent drafts that nobody saved for as long as drafts are kept."""
        return self.filter(sent_at__isnull=True, submission__saved_at__lt=(now or timezone.now()) - KEPT)

    @transaction.atomic
    def leave(self, browser: str, tokens: Sequence[str], *, by: Actor) -> None:
        """Take a guest's drafts and what was sent from a browser away from it for good (離れる).

        A copy of the browser's cookie opens them no more; the mailed link opens them in another browser.
        """
        here = self.filter(Q(submission__token__in=tokens) | Q(sent_from=browser), applicant=None)
        for draft in here.exclude(left_browsers__contains=browser).select_for_update(of=("self",)):
            draft.left_browsers = f"{draft.left_browsers} {browser}".strip()
            draft.save(update_fields=["left_browsers"])
            log.record(draft, "端末から離れた", by=by)

    def entered_by(self, user: User) -> "DraftQuerySet":
        """What a member of staff enters for others, while they work in the section of the service (異動まで)."""
        return self.filter(entered_by=user, release__offer__department__in=departments_worked_in(user).values("pk"))


class Draft(models.Model):
    """申請の下書き: one submission under one release, by whom and through which channel."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="draft", verbose_name="記入内容")
    release = models.ForeignKey(Release, models.PROTECT, related_name="drafts", verbose_name="公開版")
    applicant = models.ForeignKey(User, models.PROTECT, null=True, related_name="begun", verbose_name="申請者")
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="代わりに入力する職員"
    )
    channel = models.CharField("受付経路", max_length=10, choices=Channel.choices, default=Channel.WEB)
    started_at = models.DateTimeField("開始日時", auto_now_add=True)
    sent_at = models.DateTimeField("送信日時", null=True)
    sent_from = models.CharField("送信したブラウザー", max_length=24, blank=True)
    left_browsers = models.TextField("離れたブラウザー", blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "申請の下書き"
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return str(self.release)

    def was_left(self, browser: str) -> bool:
        """Tell whether the person who filled it in has left a browser (共用の端末)."""
        return browser in self.left_browsers.split()

    @property
    def answer_source(self) -> AnswerSource:
        """Return in which role the answers of this draft are written (記入者の区分)."""
        if self.channel != Channel.WEB:
            return AnswerSource.COUNTER
        return AnswerSource.AGENT if hasattr(self, "representation") else AnswerSource.RESIDENT

    def require_taking(self, *, by: Actor) -> None:
        """Raises NotAllowed for a file of somebody else's account; a guest's draft is held by its link."""
        user = user_of(by)
        if self.applicant_id is not None and (user is None or user.pk != self.applicant_id):
            raise NotAllowed("この書類を見られるのは、添付した本人です。")

    @transaction.atomic
    def discard(self, *, by: Actor) -> None:
        """Delete an unsent draft with its answers, files and mails (下書きの削除). Raises Conflict when it was sent."""
        if not Draft.objects.select_for_update().filter(pk=self.pk, sent_at=None).exists():
            raise Conflict("この申請は、もう送られています。何も消していません。")
        log.record(self, "下書きの削除", by=by)
        erase_about(log.subject_of(self))
        delete_with_files(self.submission)

    @transaction.atomic
    def claim(self, *, by: User) -> None:
        """Bind a guest's unsent draft to an account (下書きの引取り); from then on it is that person's alone.

        Raises Conflict when it was sent or belongs to an account already.
        """
        unclaimed = {"applicant": None, "entered_by": None, "sent_at": None, "channel": Channel.WEB}
        if not compare_and_set(self, unclaimed, applicant=by):
            raise Conflict("この下書きは、すでに送られたか、ほかの人のものになっています。何も変わっていません。")
        Submission.objects.filter(pk=self.submission_id).update(owner=by)
        log.record(self, "下書きの引取り", by=by)
