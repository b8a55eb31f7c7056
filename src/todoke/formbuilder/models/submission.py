"""Submissions 申請内容: the answers of one applicant to one form version, from draft to submission."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Index, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.audit.transitions import Transitions, compare_and_set, transition
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.answer_rows import from_rows
from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.encryption import decrypt
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import parse_answers
from todoke.formbuilder.document.agent_papers import with_agent_papers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.requested_papers import with_requested_papers
from todoke.formbuilder.document.structure import AGENT_ROLE, CHANNEL, Document, QuestionKind
from todoke.formbuilder.document.translations import translated
from todoke.formbuilder.models import answer_writes
from todoke.formbuilder.models.answer import StoredRow, counts, current_rows
from todoke.formbuilder.models.answer_writes import SaveResult, authorship
from todoke.formbuilder.models.form import FormVersion
from todoke.formbuilder.models.upload import Upload
from todoke.formbuilder.submission_errors import AlreadySubmitted, SubmissionIncomplete
from todoke.japanese.calendar import business_date, today
from todoke.runtime.database.literal_condition import literal_condition
from todoke.runtime.refusals import Refused


def new_token() -> str:
    """Return a random token of 192 bits for an unguessable URL."""
    return secrets.token_urlsafe(24)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def drafts(self) -> SubmissionQuerySet:
        """Applications that people are filling in, without trials."""
        return self.filter(literal_condition("status", "= 'draft'"), purpose=Submission.Purpose.REAL)


class Submission(models.Model):
    """申請内容: the answers of one applicant to one form version; a draft until it is submitted."""

    class Status(models.TextChoices):
        DRAFT = "draft", "記入中"
        SUBMITTED = "submitted", "送信済み"

    class Purpose(models.TextChoices):
        REAL = "real", "申請"
        TEST = "test", "試し申請"

    NEXT: ClassVar[Transitions] = {Status.DRAFT: frozenset({Status.SUBMITTED}), Status.SUBMITTED: frozenset()}

    token = models.CharField("合言葉", max_length=40, unique=True, default=new_token)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions", verbose_name="様式の版")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.DRAFT)
    purpose = models.CharField("目的", max_length=10, choices=Purpose.choices, default=Purpose.REAL)
    agent_role = models.CharField("申請する人の立場", max_length=10, blank=True, default="")
    channel = models.CharField("申請の経路", max_length=10, blank=True, default="")
    requested_papers = models.JSONField("あとから求めた書類", default=list, blank=True)
    language = models.CharField("表示言語", max_length=10, default="ja")
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="submissions", verbose_name="利用者"
    )
    started_at = models.DateTimeField("開始日時", default=timezone.now)
    saved_at = models.DateTimeField("保存日時", default=timezone.now)
    submitted_at = models.DateTimeField("送信日時", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "申請内容"
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft", submitted_at__isnull=True)
                | Q(status="submitted", submitted_at__isnull=False),
                name="formbuilder_submitted_has_its_time",
            ),
        ]
        indexes = [
            Index(fields=["version", "purpose", "status"], condition=Q(status="draft"), name="formbuilder_drafts")
        ]

    def __str__(self) -> str:
        return f"{self.version.title}({self.get_status_display()})"

    @classmethod
    def start(
        cls, *, version: FormVersion, by: Actor, language: str = "ja", owner: User | None = None,
        purpose: str = Purpose.REAL, channel: str = "",
    ) -> Submission:  # fmt: skip
        """Create a draft; ``owner`` is the applicant's account, by default the account of ``by``."""
        owner = owner or user_of(by)
        return cls.objects.create(version=version, language=language, owner=owner, purpose=purpose, channel=channel)

    @property
    def document(self) -> Document:
        """The form document in the active language, with the agent's and requested papers; ids are never translated."""
        return self.document_of(self.version)

    def document_of(self, version: FormVersion) -> Document:
        """Return the document of a version of the form, as ``document`` is that of the submission's own."""
        asked = with_agent_papers(translated(version.parsed, get_language() or "ja"), self.agent_role)
        return with_requested_papers(asked, self.requested_papers)

    def current_answers(self, lines: Sequence[StoredRow] | None = None) -> dict[AnswerKey, Value]:
        """Return the current answers as typed; files by their names (queried only where the form asks for files).

        A caller that has already read the ``lines`` passes them and saves a query.
        """
        document, rows = self.document, current_rows(self) if lines is None else lines
        found = from_rows(document, (row.line for row in rows if counts(document, row)))
        facts = {AGENT_ROLE: self.agent_role, CHANNEL: self.channel}
        found |= {AnswerKey(fact): value for fact, value in facts.items() if value not in {"", "self", "web"}}
        if not document.asks_for_files:
            return found
        for question, row, name in self.uploads.current().values_list("question", "row", "name"):
            listed = found.setdefault(AnswerKey(question, row), [])
            if isinstance(listed, list):
                listed.append(name)
        return found

    def journey(self, *, staff: bool = False) -> Journey:
        """Return the journey with the stored answers."""
        return Journey(self.document, self.current_answers(), self.reference_date(), staff, self.version.number)

    def reference_date(self) -> date:
        """Return the business date on which ages are counted: of the submission, or today for a draft."""
        return business_date(self.submitted_at) if self.submitted_at else today()

    @transaction.atomic
    def save_page(
        self,
        page_id: str,
        data: Mapping[str, Any],
        *,
        by: Actor,
        files: Mapping[str, UploadedFile[Any]] | None = None,
        staff: bool = False,
        source: AnswerSource = AnswerSource.RESIDENT,
    ) -> list[AnswerProblem]:
        """Save a page as typed, valid or not, and return its problems.

        Unknown keys, hidden questions and, without ``staff``, the questions for staff are ignored. Raises
        AlreadySubmitted after submission, KeyError for an unknown page.
        """
        made = answer_writes.save_answers(self, page_id, data, by=by, files=files or {}, staff=staff, source=source)
        return made.problems

    @transaction.atomic
    def save_page_with_journey(
        self,
        page_id: str,
        data: Mapping[str, Any],
        *,
        by: Actor,
        files: Mapping[str, UploadedFile[Any]] | None = None,
        source: AnswerSource = AnswerSource.RESIDENT,
    ) -> SaveResult:
        """Do as ``save_page`` and also return the journey after the save."""
        return answer_writes.save_answers(self, page_id, data, by=by, files=files or {}, source=source)

    @transaction.atomic
    def migrate_to(self, version: FormVersion, *, by: Actor) -> bool:
        """Migrate a draft to another version of its form, with notices to the applicant; False when it is there.

        Raises AlreadySubmitted after submission, Refused for a version of another form.
        """
        self.lock()
        if version.pk == self.version_id:
            return False
        if version.draft_id != self.version.draft_id:
            raise Refused("ほかの様式へは引き継げません。")
        answer_writes.migrate(self, version)
        record(self, "新しい版への引継ぎ", by=by, after={"版": version.number})
        return True

    @transaction.atomic
    def submit(self, *, by: Actor) -> bool:
        """Submit the draft: True for the one call that did, False when done before. Raises SubmissionIncomplete."""
        now = timezone.now()
        if not self.mark_submitted(now):
            self.refresh_from_db()
            return False
        self.complete(self.journey(), now, by=by)
        return True

    def mark_submitted(self, at: datetime) -> bool:
        """Mark the draft as submitted in the caller's transaction, which locks it; False when it was before.

        This object stays a draft until ``complete``, since the caller may still refuse.
        """
        draft = Submission(pk=self.pk, status=self.Status.DRAFT)
        return transition(draft, self.Status.SUBMITTED, submitted_at=at, saved_at=at)

    def complete(self, journey: Journey, at: datetime, *, by: Actor) -> None:
        """Finalize a marked submission. Raises SubmissionIncomplete, for which the caller's transaction rolls back."""
        stopping = [problem for problem in journey.problems() if not problem.warning]
        if stopping:
            raise SubmissionIncomplete(stopping)
        self.status, self.submitted_at, self.saved_at = self.Status.SUBMITTED, at, at
        answer_writes.finalize_answers(self, journey)
        record(self, "申請の送信", by=by, after={"版": self.version.number, "回答数": len(journey.present())})

    @transaction.atomic
    def correct(
        self,
        data: Mapping[str, Any],
        *,
        allowed: Collection[AnswerKey],
        by: Actor,
        staff: bool = False,
        source: AnswerSource = AnswerSource.RESIDENT,
    ) -> list[AnswerProblem]:
        """Replace the allowed answers after submission, keeping the earlier ones; save nothing if a problem remains.

        Raises AlreadySubmitted unless it is submitted.
        """
        if self._locked_status() != self.Status.SUBMITTED:
            raise AlreadySubmitted
        places = {AnswerKey(*key) for key in allowed}
        typed = {
            key: value
            for page in self.document.pages
            for key, value in parse_answers(page, data).items()
            if key in places
        }
        journey = Journey(self.document, {**self.current_answers(), **typed}, self.reference_date(), staff)
        problems = [problem for problem in journey.problems() if AnswerKey(problem.question, problem.row) in places]
        if not any(not problem.warning for problem in problems):
            answer_writes.write_answers(self, typed, author=authorship(by, source=source), superseding=True)
            answer_writes.write_calculated(self, self.journey(staff=True))
            act = "職員の記入" if staff else "回答の補正"
            record(self, act, by=by, after={key.question: "補正" for key in typed})
        return problems

    def attach(
        self,
        question_id: str,
        file: UploadedFile[Any],
        *,
        by: Actor,
        row: int = 0,
        correcting: Collection[AnswerKey] = (),
    ) -> Upload:
        """Attach one file to an answer. Raises NotAccepted with what to do, or AlreadySubmitted.

        After submission, a file is accepted only for a key in ``correcting``.
        """
        place = AnswerKey(question_id, row)
        found = self.document.by_id.get(question_id)
        if found is None or found[2].kind is not QuestionKind.FILE:
            raise NotAccepted(_("この設問には書類を添付できません。"))
        if self.status != self.Status.DRAFT and place not in {AnswerKey(*key) for key in correcting}:
            raise AlreadySubmitted
        return Upload.attach(self, place, file, by=by, question=found[2])

    @transaction.atomic
    def disclose_number(self, place: AnswerKey, *, by: Actor, reason: str) -> str:
        """Return a My Number in clear (個人番号の閲覧) and record the access with its reason.

        Raises Refused without a reason, KeyError when there is no number.
        """
        if not reason.strip():
            raise Refused("個人番号を見る理由を書いてください。")
        stored = self.current_answers()[place]
        if self.document.question(place.question).kind is not QuestionKind.MY_NUMBER or not isinstance(stored, str):
            raise KeyError(place.question)
        record(self, "個人番号の閲覧", by=by, reason=reason, after={"設問": place.question, "行": place.row})
        return decrypt(stored)

    def lock(self) -> None:
        """Lock the draft for this transaction and set its save time. Raises AlreadySubmitted.

        A draft that was migrated to another version since it was read is reloaded.
        """
        now = timezone.now()
        draft = {"status": self.Status.DRAFT}
        if compare_and_set(self, {**draft, "version": self.version_id}, saved_at=now):
            return
        if not compare_and_set(self, draft, saved_at=now):
            raise AlreadySubmitted
        self.refresh_from_db()

    def _locked_status(self) -> str:
        return Submission.objects.select_for_update().values_list("status", flat=True).get(pk=self.pk)
