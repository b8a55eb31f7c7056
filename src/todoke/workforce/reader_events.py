"""Reader events カード読取り機の記録: clock events of a file; taken in twice they are there once."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.calendar import JAPAN
from todoke.japanese.parsers import to_half_width
from todoke.runtime.refusals import NotAllowed, Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table
from todoke.workforce.clock_intervals import ClockKind
from todoke.workforce.models import ClockEvent, StaffNumber
from todoke.workforce.permissions import CLOSE_ATTENDANCE

NUMBER, AT, KIND = ("職員番号", "社員番号"), ("日時", "打刻日時", "時刻"), ("種類", "区分", "打刻")
KINDS = {label: value for value, label in ClockKind.choices} | {"出": "in", "退": "out", "IN": "in", "OUT": "out"}
MOST = 50_000


@transaction.atomic
def import_reader_events(content: bytes, *, by: User) -> tuple[int, int]:
    """Take in the file of a reader in order of time, all of it or nothing; return how many were new and how many known.

    Raises NotAllowed, Unreadable with the line of an unknown number, kind or time, Closed for a closed month.
    """
    if not CLOSE_ATTENDANCE.held_by(by):
        raise NotAllowed("読取り機の記録を取り込めるのは、人事担当です。")
    table = read_bounded(read_table, content, [Headings(required=(NUMBER, AT, KIND))], most=MOST)
    people = {each.number: each.user for each in StaffNumber.objects.select_related("user")}
    found = sorted((_event(line, cells, people) for line, cells in table.records()), key=lambda each: each[0])
    new = 0
    for at, user, kind in found:
        key = "reader-" + hashlib.sha256(f"{user.pk}/{at.isoformat()}/{kind}".encode()).hexdigest()[:48]
        if not ClockEvent.objects.filter(key=key).exists():
            ClockEvent.note(user, kind, at, source=ClockEvent.Source.READER, key=key)
            new += 1
    record(
        f"accounts.user/{by.pk}", "読取り機の記録の取込み", by=by, after={"打刻": new, "もうあるもの": len(found) - new}
    )
    return new, len(found) - new


def _event(line: int, cells: dict[str, str], people: dict[str, User]) -> tuple[datetime, User, str]:
    number, said, kind = (next((cells[n] for n in names if cells.get(n)), "").strip() for names in (NUMBER, AT, KIND))
    user, at = people.get(to_half_width(number)), _moment(said)
    if user is None or kind not in KINDS or at is None or at > timezone.now():
        raise Unreadable(
            f"{line}行目: 職員番号、日時(例: 2026-11-02 08:25)、種類(出勤・退勤など)のどれかが読めません。"
        )
    return at, user, KINDS[kind]


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(to_half_width(text).replace("/", "-"))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=JAPAN)
