"""Guest access 照会: a guest opens a case with its receipt number and a code mailed to the applicant's address.

Unknown and known numbers are treated alike up to the job that mails the code, so that nobody learns which exist.
"""

import unicodedata

from django.utils.translation import gettext

from todoke.accounts.actors import System
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.audit.log import subject_of
from todoke.cases.models import Case
from todoke.cases.receipt_numbers import parse_number
from todoke.jobs.priority import Priority
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.refusals import Refused

CODES_FOR_ONE = RateLimit("確認番号の送付", 6, 3600)
CODES_FROM_ONE = RateLimit("発信元ごとの確認番号の送付", 20, 3600)
ENTRIES_FOR_ONE = RateLimit("確認番号の入力", 20, 900)
ENTRIES_FROM_ONE = RateLimit("発信元ごとの確認番号の入力", 30, 900)


class TooOften(Refused):
    """回数の制限: a rate limit was exceeded; nothing was done."""

    status = 429
    retry_after = 900

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "短い時間に何度も試されたため、受け付けを止めています。申請には何も起きていません。15分ほどたってから、もう一度お試しください。"
            )
        )


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
    case = Case.objects.filter(number=normalize_number(number)).exclude(applicant_email="").first()
    if case is None:
        return
    context = {"code": OneTimeCode.issue(_subject(case.number, browser)), "minutes": OneTimeCode.VALID.seconds // 60}
    enqueue(
        "case-code",
        to=Recipient(case.applicant_email, case.applicant, case.applicant_name),
        context=context,
        about=subject_of(case),
        by=System(),
        priority=Priority.INTERACTIVE,
    )


def check_code(number: str, code: str, *, party: str, browser: str) -> bool:
    """Tell whether a code opens a case in the browser that asked for it, and use it up. Raises TooOften."""
    if not hit(ENTRIES_FROM_ONE, party) or not hit(ENTRIES_FOR_ONE, f"{normalize_number(number)} {party}"):
        raise TooOften
    return OneTimeCode.redeem(_subject(normalize_number(number), browser), code)


def _subject(number: str, browser: str) -> str:
    return f"照会 {number} {browser}"
