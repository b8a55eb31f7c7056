"""Taking in 預りの取込み: deposits of an outage become answers and applications, each exactly once."""

from collections import Counter

from django.db import IntegrityError, transaction
from django.utils.datastructures import MultiValueDict

from todoke.accounts.actors import System
from todoke.audit import deferred_entries, log
from todoke.cases import intake
from todoke.continuity import offline_submissions
from todoke.continuity.models import Deposit
from todoke.continuity.offline_submissions import Slip
from todoke.formbuilder.models import Incomplete, Submission
from todoke.runtime.refusals import Refused

BY = System("参照専用のあいだの預り")
Outcome = Deposit.Outcome


class InDoubt(Exception):
    """A person must look at this deposit (職員の確認が必要); nothing of it was written."""


def take_in() -> Counter[str]:
    """Take in every deposit that waits, oldest first, and count the outcomes; again, it does nothing.

    The entries of the audit that waited go first.
    """
    if log.replay_deferred():
        deferred_entries.clear()
    slips, counted = offline_submissions.waiting(), Counter[str]()
    for slip in slips:
        if (outcome := take_in_one(slip)) is not None:
            counted[str(Outcome(outcome).label)] += 1
    if slips:
        offline_submissions.clear(slips)
    return counted


def take_in_one(slip: Slip) -> str | None:
    """Take in one deposit; None when it was taken in before. What cannot be written is kept for a person to look at."""
    if Deposit.objects.filter(number=slip.number).exists():
        return None
    try:
        with transaction.atomic():
            return _write(slip)
    except (InDoubt, Refused, Incomplete) as doubt:
        reason = str(doubt)
    except IntegrityError:
        if Deposit.objects.filter(number=slip.number).exists():
            return None
        raise
    submission = Submission.objects.filter(token=slip.token).first()
    content = {"page": slip.page, "fields": slip.fields, "send": slip.send}
    return _note(slip, Outcome.TO_LOOK_AT, reason=reason[:200], submission=submission, content=content)


def _write(slip: Slip) -> str:
    submission = Submission.objects.filter(token=slip.token).first()
    if submission is None:
        raise InDoubt("預かった申請の下書きが見つかりません。")
    if submission.status == Submission.Status.DRAFT:
        if submission.saved_at > slip.at:
            raise InDoubt("預かったあとに、本人がこの申請を書き換えています。")
        if slip.page:
            _save(submission, slip)
    elif slip.page:
        raise InDoubt("預かった申請は、すでに送信されています。")
    if not slip.send:
        return _note(slip, Outcome.SAVED, submission=submission)
    case = intake.accept(submission, by=BY, received_at=slip.at)
    return _note(slip, Outcome.RECEIVED, submission=submission, case=case)


def _save(submission: Submission, slip: Slip) -> None:
    try:
        submission.save_page(slip.page, MultiValueDict(slip.fields), by=BY)
    except KeyError:
        raise InDoubt("預かったページが、この申請の様式にありません。") from None


def _note(slip: Slip, outcome: str, *, reason: str = "", **about: object) -> str:
    found = Deposit.objects.create(number=slip.number, deposited_at=slip.at, outcome=outcome, reason=reason, **about)
    log.record(found, "預りの取込み", by=BY, after={"結果": outcome}, reason=reason)
    return outcome
