"""Submissions 申請内容: what one applicant filled in, answer by answer, and its sending."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.answers.answer_rows import gathered
from todoke.formbuilder.answers.encryption import unseal
from todoke.formbuilder.answers.journey import Journey, Problem, Spot
from todoke.formbuilder.answers.page_form import typed_answers
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, Kind
from todoke.formbuilder.document.translations import in_language
from todoke.formbuilder.models import answer_writes
from todoke.formbuilder.models.answer import Stored, stored
from todoke.formbuilder.models.answer_writes import Filled
from todoke.formbuilder.models.form import FormVersion
from todoke.formbuilder.models.upload import Upload
from todoke.japanese.calendar import business_date, today
from todoke.runtime.refusals import Closed, NotYet, Refused

MOST_FILES = 5


class AlreadySubmitted(Closed):
    """受付済み: the submission was sent; its answers change only by a correction."""

    def __init__(self) -> None:
        super().__init__("この申請はすでに送信されています。内容を変えるには、担当課へ連絡してください。")


class Incomplete(NotYet):
    """記入の不足: something that stops the applicant is missing or wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("入力が終わっていないところがあります。")


def new_token() -> str:
    """Return 192 random bits for an address that nobody can guess."""
    return secrets.token_urlsafe(24)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def drafts(self) -> SubmissionQuerySet:
        return self.filter(status=Submission.Status.DRAFT)

    def submitted(self) -> SubmissionQuerySet:
        return self.filter(status=Submission.Status.SUBMITTED)

    def owned_by(self, user: User) -> SubmissionQuerySet:
        return self.filter(owner=user)


class Submission(models.Model):
    """申請内容: the answers of one applicant to one form version; a draft until it is sent."""

    class Status(models.TextChoices):
        DRAFT = "draft", "記入中"
        SUBMITTED = "submitted", "送信済み"

    class Purpose(models.TextChoices):
        REAL = "real", "申請"
        TEST = "test", "試し申請"

    NEXT: ClassVar[Mapping[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.SUBMITTED}),
        Status.SUBMITTED: frozenset(),
    }

    token = models.CharField("合言葉", max_length=40, unique=True, default=new_token)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="submissions", verbose_name="様式の版")
    status = models.CharField("状態", max_length=10, choices=Status.choices, default=Status.DRAFT)
    purpose = models.CharField("目的", max_length=10, choices=Purpose.choices, default=Purpose.REAL)
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

    def __str__(self) -> str:
        return f"{self.version.title}({self.get_status_display()})"

    @classmethod
    def start(
        cls,
        *,
        version: FormVersion,
        by: Actor,
        language: str = "ja",
        owner: User | None = None,
        purpose: str = Purpose.REAL,
    ) -> Submission:
        """Begin a draft; ``owner`` is the applicant's account, by default the account behind ``by``."""
        return cls.objects.create(version=version, language=language, owner=owner or user_of(by), purpose=purpose)

    @property
    def document(self) -> Document:
        """Return the form in the language in which it is read now; ids and answers are the same in all."""
        return in_language(self.version.parsed, get_language() or "ja")

    def answers_now(self, lines: Sequence[Stored] | None = None) -> dict[Spot, Value]:
        """Return the current answers as typed; files are listed by their names (queried only where asked for).

        A caller that has read the ``lines`` already hands them over and saves a query.
        """
        found = gathered(self.document, (row.line for row in (stored(self) if lines is None else lines)))
        if not self.document.asks_for_files:
            return found
        for question, row, name in self.uploads.kept().values_list("question", "row", "name"):
            listed = found.setdefault(Spot(question, row), [])
            if isinstance(listed, list):
                listed.append(name)
        return found

    def journey(self, *, staff: bool = False) -> Journey:
        """Return the way through the document with the answers that are stored; ages count on the day of sending."""
        return Journey(self.document, self.answers_now(), self.counting_day(), staff, self.version.number)

    def counting_day(self) -> date:
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
    ) -> list[Problem]:
        """Store what was typed into a page, wrong or not, and return what is missing or wrong on it.

        Unknown keys, hidden questions and, unless ``staff`` types, the office's questions are ignored. Raises
        ``AlreadySubmitted`` after sending, KeyError for an unknown page.
        """
        return answer_writes.store_page(self, page_id, data, by=by, files=files or {}, staff=staff).problems

    @transaction.atomic
    def fill_page(
        self,
        page_id: str,
        data: Mapping[str, Any],
        *,
        by: Actor,
        files: Mapping[str, UploadedFile[Any]] | None = None,
    ) -> Filled:
        """Do as ``save_page`` and return the journey as well, as it is after the save."""
        return answer_writes.store_page(self, page_id, data, by=by, files=files or {})

    @transaction.atomic
    def carry_to(self, version: FormVersion, *, by: Actor) -> bool:
        """Move a draft to another version of its form, question by question, with notices; False when it is there.

        Raises ``AlreadySubmitted`` after sending: what was sent never moves.
        """
        self.hold()
        if version.pk == self.version_id:
            return False
        if version.draft_id != self.version.draft_id:
            raise Refused("ほかの様式へは引き継げません。")
        answer_writes.carry(self, version)
        record(self, "新しい版への引継ぎ", by=by, after={"版": version.number})
        return True

    @transaction.atomic
    def submit(self, *, by: Actor) -> bool:
        """Send the draft. True for the one call that sent it, False when it was sent before. Raises ``Incomplete``."""
        now = timezone.now()
        if not self.claim(now):
            self.refresh_from_db()
            return False
        self.settle(self.journey(), now, by=by)
        return True

    def claim(self, at: datetime) -> bool:
        """Mark the draft as sent in the caller's transaction; False when somebody sent it before. Others wait here."""
        draft = Submission.objects.filter(pk=self.pk, status=self.Status.DRAFT)
        return bool(draft.update(status=self.Status.SUBMITTED, submitted_at=at, saved_at=at))

    def settle(self, journey: Journey, at: datetime, *, by: Actor) -> None:
        """Finish the sending that was claimed. Raises ``Incomplete``, and the caller's transaction takes all back."""
        stopping = [problem for problem in journey.problems() if not problem.warning]
        if stopping:
            raise Incomplete(stopping)
        self.status, self.submitted_at, self.saved_at = self.Status.SUBMITTED, at, at
        answer_writes.finish(self, journey)
        record(self, "申請の送信", by=by, after={"版": self.version.number, "回答数": len(journey.present())})

    @transaction.atomic
    def correct(
        self, data: Mapping[str, Any], *, allowed: Collection[Spot], by: Actor, staff: bool = False
    ) -> list[Problem]:
        """Replace only the allowed answers of a sent submission, keeping the earlier ones; on a problem nothing."""
        if self._locked_status() != self.Status.SUBMITTED:
            raise AlreadySubmitted
        places = {Spot(*spot) for spot in allowed}
        typed = {
            spot: value
            for page in self.document.pages
            for spot, value in typed_answers(page, data).items()
            if spot in places
        }
        journey = Journey(self.document, {**self.answers_now(), **typed}, self.counting_day(), staff)
        problems = [problem for problem in journey.problems() if Spot(problem.question, problem.row) in places]
        if not any(not problem.warning for problem in problems):
            answer_writes.write(self, typed, superseding=True)
            answer_writes.write_results(self, self.journey(staff=True))
            act = "職員の記入" if staff else "回答の補正"
            record(self, act, by=by, after={spot.question: "補正" for spot in typed})
        return problems

    def attach(
        self, question_id: str, file: UploadedFile[Any], *, by: Actor, row: int = 0, correcting: Collection[Spot] = ()
    ) -> Upload:
        """Keep one file as part of an answer. Raises ``inspection.NotAccepted`` with what to do, or ``Closed``.

        After sending, a file is taken only for a place that ``correcting`` names.
        """
        place = Spot(question_id, row)
        found = self.document.by_id.get(question_id)
        if found is None or found[2].kind is not Kind.FILE:
            raise NotAccepted("この設問には書類を添付できません。")
        if self.status != self.Status.DRAFT and place not in {Spot(*spot) for spot in correcting}:
            raise AlreadySubmitted
        if self.uploads.kept().filter(question=question_id, row=row).count() >= (found[2].high or MOST_FILES):
            raise NotAccepted(
                f"添付できるのは{found[2].high or MOST_FILES}個までです。いらない書類を取り消してください。"
            )
        return Upload.keep(self, place, file, by=by)

    @transaction.atomic
    def disclose_number(self, place: Spot, *, by: Actor, reason: str) -> str:
        """Return a My Number in clear (個人番号の閲覧), leaving an entry with the reason. KeyError when there is none.

        Raises Refused without a reason.
        """
        if not reason.strip():
            raise Refused("個人番号を見る理由を書いてください。")
        stored = self.answers_now()[place]
        if self.document.question(place.question).kind is not Kind.MY_NUMBER or not isinstance(stored, str):
            raise KeyError(place.question)
        record(self, "個人番号の閲覧", by=by, reason=reason, after={"設問": place.question, "行": place.row})
        return unseal(stored)

    def hold(self) -> None:
        """Hold the draft for this transaction and note the time; two savers take turns. Raises ``Closed``.

        A draft that was carried to another version since it was read is read again.
        """
        now = timezone.now()
        mine = Submission.objects.filter(pk=self.pk, status=self.Status.DRAFT, version=self.version_id)
        if mine.update(saved_at=now):
            self.saved_at = now
        elif self._move(self.Status.DRAFT, self.Status.DRAFT, saved_at=now):
            self.refresh_from_db()
        else:
            raise AlreadySubmitted

    def _move(self, read: str, to: str, **fields: Any) -> bool:
        """Set the status where it still is what was read, and tell whether it was."""
        if not Submission.objects.filter(pk=self.pk, status=read).update(status=to, **fields):
            return False
        self.status = to
        for name, value in fields.items():
            setattr(self, name, value)
        return True

    def _locked_status(self) -> str:
        return Submission.objects.select_for_update().values_list("status", flat=True).get(pk=self.pk)
