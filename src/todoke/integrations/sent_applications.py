"""Sent applications 渡された申請: what another system received becomes one case here, however often it is sent."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from todoke.accounts.models import User
from todoke.cases import intake
from todoke.cases.models import Case, Draft
from todoke.formbuilder.answers.journey import AnswerProblem
from todoke.formbuilder.answers.page_form import key_of
from todoke.formbuilder.submission_errors import SubmissionIncomplete
from todoke.integrations.models import HandedIn, MachineAccount
from todoke.offers.models import Release
from todoke.runtime.refusals import Conflict, NotAllowed, Unreadable

Answers = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class SentFile:
    """渡された書類: a file with the hash that the sender computed."""

    question: str
    row: int
    name: str
    sha256: str
    content: bytes


@dataclass(frozen=True)
class SentApplication:
    """渡された申請: the service, the answers under the names of the form's inputs, and the files."""

    service: str
    answers: Answers
    files: tuple[SentFile, ...] = ()
    received_at: datetime | None = None
    reason: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was sent; files by their hash."""
        at = self.received_at.isoformat() if self.received_at else ""
        files = [[each.question, each.row, each.name, each.sha256] for each in self.files]
        answers = {key: value if isinstance(value, str) else list(value) for key, value in self.answers.items()}
        return digest_of_body([self.service, answers, files, at, self.reason])


def digest_of_body(body: Any) -> str:
    """Return the SHA-256 of a body as sorted JSON."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class OtherBody(Conflict):
    """再送キーの取り違え: the key of an earlier sending came with another content."""


def accept_once(machine: MachineAccount, sent: SentApplication, *, key: str, told: bool = True) -> tuple[Case, bool]:
    """Make one case of what a machine sends under a key (申請の受取り); return it and whether it was there before.

    With ``told`` False the applicant hears of it from where it was sent, and gets no mail from here. Raises OtherBody
    for a key used for another content, SubmissionIncomplete with what is wrong with the answers, and whatever the
    intake refuses; then nothing is kept and the key stays free.
    """
    with transaction.atomic():
        claimed, earlier = claim(machine, key, "申請", sent.digest)
        if earlier is not None:
            return earlier, True
        draft = intake.begin(_release(machine, sent.service), by=machine.user, channel=machine.partner.channel)
        _fill(draft, sent, machine)
        case = intake.accept(
            draft.submission, by=machine.user, received_at=sent.received_at, reason=sent.reason, told=told
        )
        HandedIn.objects.filter(pk=claimed).update(case=case)
        return case, False


def claim(machine: MachineAccount, key: str, act: str, digest: str) -> tuple[int, Case | None]:
    """Claim a retry key for this transaction; return its row, and the case of an earlier sending of the same content.

    Whoever comes second waits for the first to commit. Raises OtherBody.
    """
    try:
        with transaction.atomic():
            return HandedIn.objects.create(machine=machine, key=key, act=act, body_hash=digest).pk, None
    except IntegrityError:
        there = HandedIn.objects.select_related("case").get(machine=machine, key=key)
    if (there.act, there.body_hash) != (act, digest) or there.case is None:
        said = "この再送キーは、違う内容に使われています。新しい内容には、新しい再送キーを付けてください。"
        raise OtherBody(said)
    return there.pk, there.case


def _release(machine: MachineAccount, service: str) -> Release:
    found = Release.objects.in_force().filter(offer__code=service, offer__department=machine.partner.department)
    release = found.select_related("offer__department", "offer__procedure", "form_version").first()
    if release is None:
        raise NotAllowed("この公開コードの手続は、担当部署にありません。公開コードを確かめてください。")
    return release


def _fill(draft: Draft, sent: SentApplication, machine: MachineAccount) -> None:
    """Attach the files and write the answers. Raises SubmissionIncomplete, Unreadable, NotAccepted."""
    for each in sent.files:
        if hashlib.sha256(each.content).hexdigest() != each.sha256:
            raise Unreadable(f"「{each.name}」の照合値が違います。途中で壊れたかもしれません。もう一度送ってください。")
        file = SimpleUploadedFile(each.name, each.content)
        draft.submission.attach(each.question, file, by=machine.user, row=each.row)
    fill_draft(draft, sent.answers, by=machine.user)


def fill_draft(draft: Draft, answers: Answers, *, by: User) -> None:
    """Write answers page by page, as a person would. Raises SubmissionIncomplete, also for an unknown question."""
    submission = draft.submission
    asked = submission.document.by_id
    unknown = [name for name in answers if (key := key_of(name)) is None or key.question not in asked]
    if unknown:
        raise SubmissionIncomplete([AnswerProblem(name[:80], "この設問はありません。") for name in unknown])
    page = next(iter(submission.journey().pages()), None)
    while page is not None:
        problems = submission.save_page(page.id, answers, by=by, source=draft.answer_source)
        if blocking := [problem for problem in problems if not problem.warning]:
            raise SubmissionIncomplete(blocking)
        page = submission.journey().next_page(page.id)
