"""Guest access 照会: a guest opens a case with its receipt number and a code mailed to the applicant's address.

Unknown and known numbers are treated alike up to the job that mails the code, so that nobody learns which exist.
"""

import unicodedata

from todoke.accounts.actors import Guest, System
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.audit.log import record, subject_of
from todoke.cases.models import Case
from todoke.cases.receipt_numbers import parse_number
from todoke.jobs.priority import Priority
from todoke.notices.outbox import Recipient, enqueue

CODES_FOR_ONE = RateLimit("確認番号の送付", 6, 3600)
CODES_OF_CASE = RateLimit("案件ごとの確認番号の送付", 30, 3600)
"""Whoever asks. Beyond it no mail is sent, and the codes that were mailed stay good where they were asked for."""
CODES_FROM_ONE = RateLimit("発信元ごとの確認番号の送付", 20, 3600)
ENTRIES_FOR_ONE = RateLimit("確認番号の入力", 20, 900)
ENTRIES_FROM_ONE = RateLimit("発信元ごとの確認番号の入力", 30, 900)


def normalize_number(number: str) -> str:
    """Return a receipt number as it is stored, however it was typed: in full width, with other dashes, without them."""
    return parse_number(number) or unicodedata.normalize("NFKC", number).strip().upper().replace("‐", "-").replace(
        "−", "-"
    ).replace("ー", "-")


def count_request(number: str, *, party: str) -> None:
    """Count a request for a code. Raises TooOften; unknown numbers count like known ones."""
    if not hit(CODES_FROM_ONE, party) or not hit(CODES_FOR_ONE, f"{normalize_number(number)} {party}"):
        raise TooOften


def send_code(number: str, browser: str) -> None:
    """Mail a new code for a case to its applicant, good in the browser that asked; nothing for an unknown number."""
    case = (
        Case.objects.select_related("submission")
        .filter(number=normalize_number(number))
        .exclude(applicant_email="")
        .first()
    )
    if case is None:
        return
    if not hit(CODES_OF_CASE, case.number):
        record(_trail(case.number), "確認番号の送付の制限", by=System())
        return
    record(_trail(case.number), "確認番号の送付", by=System())
    context = {"code": OneTimeCode.issue(_subject(case.number, browser)), "minutes": OneTimeCode.VALID.seconds // 60}
    enqueue(
        "case-code",
        to=Recipient(case.applicant_email, case.applicant, case.applicant_name, case.submission.language),
        context=context,
        about=subject_of(case),
        by=System(),
        priority=Priority.INTERACTIVE,
    )


def check_code(number: str, code: str, *, party: str, browser: str) -> bool:
    """Tell whether a code opens a case in the browser that asked for it, and record it. Raises TooOften."""
    if not hit(ENTRIES_FROM_ONE, party) or not hit(ENTRIES_FOR_ONE, f"{normalize_number(number)} {party}"):
        raise TooOften
    number = normalize_number(number)
    opened = OneTimeCode.redeem(_subject(number, browser), code)
    record(_trail(number), "確認番号の使用" if opened else "確認番号の拒否", by=Guest())
    return opened


def _trail(number: str) -> str:
    """Return the subject of codes and entries in the trail; what is no number is not written down."""
    return f"照会 {number}" if parse_number(number) == number else "照会 (受付番号ではないもの)"


def _subject(number: str, browser: str) -> str:
    return f"照会 {number} {browser}"
