"""Replay of offline submissions 預りの取込み: each becomes saved answers or an application, exactly once."""

from collections import Counter
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict

from todoke.accounts.actors import System
from todoke.accounts.session_assurance import SessionAssurance
from todoke.audit import deferred_entries, log
from todoke.cases import intake
from todoke.cases.models import Draft
from todoke.cases.required_level import require_level
from todoke.continuity import offline_submissions
from todoke.continuity.models import Deposit
from todoke.continuity.offline_submissions import OfflineSubmission
from todoke.federation.levels import Act
from todoke.formbuilder.models import Submission, SubmissionIncomplete
from todoke.runtime.refusals import Refused

BY = System("参照専用のあいだの預り")
Outcome = Deposit.Outcome


class NeedsStaffReview(Exception):
    """The submission cannot be stored as it is and needs a person (職員の確認が必要); nothing was written."""


def replay_all() -> Counter[str]:
    """Replay every pending submission, oldest first; return the counts by outcome. Idempotent.

    Deferred audit entries are written first.
    """
    if log.replay_deferred():
        deferred_entries.clear()
    numbers, counted = set[str](), Counter[str]()
    for entry in offline_submissions.pending():
        numbers.add(entry.number)
        if (outcome := replay_one(entry)) is not None:
            counted[str(Outcome(outcome).label)] += 1
    if numbers:
        offline_submissions.clear(numbers)
    return counted


def replay_one(entry: OfflineSubmission) -> str | None:
    """Replay one submission and return its outcome; None if it was replayed before. Failures wait for a person."""
    if Deposit.objects.filter(number=entry.number).exists():
        return None
    try:
        with transaction.atomic():
            return _write(entry)
    except (NeedsStaffReview, Refused, SubmissionIncomplete) as doubt:
        reason = str(doubt)
    except IntegrityError:
        if Deposit.objects.filter(number=entry.number).exists():
            return None
        raise
    submission = Submission.objects.filter(token=entry.token).first()
    content = Deposit.encrypted({"page": entry.page, "fields": entry.fields, "send": entry.send})
    return _record_outcome(entry, Outcome.TO_LOOK_AT, reason=reason[:200], submission=submission, content=content)


def _write(entry: OfflineSubmission) -> str:
    """Store the answers, and submit if wanted; return the outcome. Raises NeedsStaffReview."""
    submission = Submission.objects.filter(token=entry.token).first()
    if submission is None:
        raise NeedsStaffReview("預かった申請の下書きが見つかりません。")
    require_right(entry)
    if submission.status == Submission.Status.DRAFT:
        if submission.saved_at > entry.at:
            raise NeedsStaffReview("預かったあとに、本人がこの申請を書き換えています。")
        if entry.page:
            _save(submission, entry)
    elif entry.page:
        raise NeedsStaffReview("預かった申請は、すでに送信されています。")
    if not entry.send:
        return _record_outcome(entry, Outcome.SAVED, submission=submission)
    case = intake.accept(submission, by=BY, received_at=entry.at, session=_shown(entry))
    return _record_outcome(entry, Outcome.RECEIVED, submission=submission, case=case)


def require_right(entry: OfflineSubmission) -> None:
    """Ask again who may save the draft (権利の再確認): its owner, or whoever began it where it has none.

    Raises NeedsStaffReview when the draft changed hands since, or its owner's account was disabled, LevelTooLow when
    the depositor had shown less than the release asks.
    """
    draft = Draft.objects.filter(submission__token=entry.token).select_related("applicant").first()
    owner = draft.applicant if draft is not None else None
    if draft is None or (owner is not None and (owner.pk != entry.by.user or not owner.is_active)):
        raise NeedsStaffReview("預けた人が、いまこの申請の下書きを書き換えられる人ではありません。")
    require_level(draft, Act.SEND if entry.send else Act.SAVE, by=BY, session=_shown(entry), at=entry.at)


def _shown(entry: OfflineSubmission) -> SessionAssurance:
    """Return what the depositor's sign-in had shown."""
    return SessionAssurance(entry.by.level, datetime.fromisoformat(entry.by.level_at) if entry.by.level_at else None)


def _save(submission: Submission, entry: OfflineSubmission) -> None:
    """Save one page. Raises NeedsStaffReview when the form has no such page."""
    try:
        submission.save_page(entry.page, MultiValueDict(entry.fields), by=BY, source=submission.draft.answer_source)
    except KeyError:
        raise NeedsStaffReview("預かったページが、この申請の様式にありません。") from None


def _record_outcome(entry: OfflineSubmission, outcome: str, *, reason: str = "", **about: object) -> str:
    found = Deposit.objects.create(number=entry.number, deposited_at=entry.at, outcome=outcome, reason=reason, **about)
    log.record(found, "預りの取込み", by=BY, after={"結果": outcome}, reason=reason)
    return outcome
