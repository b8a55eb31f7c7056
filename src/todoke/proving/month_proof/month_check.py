"""Month check 勤怠の締めの突合: what must hold of closes, seals, corrections and the trail, whatever was killed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from todoke.audit.log import state_hash, subject_of
from todoke.audit.models import Entry
from todoke.workforce.attendance_record import person_months
from todoke.workforce.closing_file import closing_csv
from todoke.workforce.models import ClockCorrection, ClockEvent, MonthClose, MonthSheet
from todoke.workforce.month_closes import left_of
from todoke.workforce.month_seals import waiting_of

Status = MonthSheet.Status
ACT, REOPENING = "勤怠の締め", "勤怠の締めの再開"
CONFIRMATION, APPROVAL = "勤怠の本人確認", "勤怠の所属長承認"
SEALED = (Status.CONFIRMED, Status.APPROVED, Status.CLOSED)


def check() -> Iterator[str]:
    """Yield every breach, each with the sign of its kind."""
    closes = list(MonthClose.objects.select_related("department").order_by("department", "month", "number"))
    yield from _files(closes)
    yield from _numbers(closes)
    yield from _written(closes)
    for close in closes:
        if close.status == MonthClose.Status.CLOSED:
            yield from _closed(close)
    yield from _sheets(closes)
    yield from _outdated(closes)
    yield from _corrections()


def _files(closes: list[MonthClose]) -> Iterator[str]:
    """Each file has the hash that its row says, and that the sealed state in the trail was made of."""
    told = dict(Entry.objects.filter(act=ACT).values_list("subject", "after_hash"))
    for close in closes:
        digest = hashlib.sha256(close.content.encode()).hexdigest()
        sealed = state_hash({"月": close.month, "回": close.number, "照合値": digest})
        if digest != close.file_hash or told.get(subject_of(close)) != sealed:
            yield f"M1 締めのファイルの照合値: {close}"
    if len(told) != len(closes):
        yield f"M1 締め {len(closes)}件、監査の記録 {len(told)}件"


def _numbers(closes: list[MonthClose]) -> Iterator[str]:
    found = defaultdict[tuple[int, object], list[MonthClose]](list)
    for close in closes:
        found[close.department_id, close.month].append(close)
    for rows in found.values():
        if [row.number for row in rows] != list(range(1, len(rows) + 1)):
            yield f"M3 締めの回が続いていない: {rows[0]}"
        if any(row.status == MonthClose.Status.CLOSED for row in rows[:-1]):
            yield f"M3 今の締めが二つある: {rows[0]}"


def _written(closes: list[MonthClose]) -> Iterator[str]:
    """Nothing was written into a month between its close and its reopening, which a later close would hide."""
    reopened = dict(Entry.objects.filter(act=REOPENING).values_list("subject", "at"))
    for close in closes:
        people = MonthSheet.objects.filter(department=close.department_id, month=close.month).values("user")
        until = reopened.get(subject_of(close), timezone.now())
        span = {"recorded_at__gt": close.closed_at, "recorded_at__lt": until}
        if ClockEvent.objects.filter(user__in=people, month=close.month, **span).exists():
            yield f"M2 締めた月に書かれた打刻: {close}"


def _closed(close: MonthClose) -> Iterator[str]:
    """What stands in a closed month is what was handed out, and nobody of the section is left."""
    rows = MonthSheet.objects.filter(department=close.department_id, month=close.month)
    sheets = list(rows.select_related("user").order_by("pk"))
    opened = [sheet for sheet in sheets if sheet.status != Status.CLOSED]
    if opened or left_of(close.department, close.month):
        yield f"M2 締めた月に締めていない人がいる: {close}"
    elif closing_csv(person_months(sheets)) != close.content:
        yield f"M2 締めたあとに記録が変わった: {close}"


def _sheets(closes: list[MonthClose]) -> Iterator[str]:
    current = {(each.department_id, each.month) for each in closes if each.status == MonthClose.Status.CLOSED}
    for sheet in MonthSheet.objects.filter(status__in=SEALED).select_related("user"):
        if sheet.confirmed_at is None or (sheet.status != Status.CONFIRMED and sheet.approved_by_id is None):
            yield f"M4 確認や承認のない月: {sheet}"
        if waiting := waiting_of(sheet):
            yield f"M4 確認した月に決定を待つ申請が{waiting}件: {sheet}"
        later = Q(requested_at__gt=sheet.confirmed_at) | Q(status="approved", decided_at__gt=sheet.confirmed_at)
        if sheet.confirmed_at is not None and sheet.corrections.filter(later).exists():
            yield f"M4 確認の後に変わり、確認が残った月: {sheet}"
        if sheet.status == Status.CLOSED and (sheet.department_id, sheet.month) not in current:
            yield f"M2 締めのない締めた月: {sheet}"


def _outdated(closes: list[MonthClose]) -> Iterator[str]:
    """Each approval and close is of what the person had confirmed last, whatever became of the month since."""
    told = defaultdict[tuple[str, str], list[datetime]](list)
    for act, subject, at in Entry.objects.filter(act__in=[CONFIRMATION, APPROVAL]).values_list("act", "subject", "at"):
        told[act, subject].append(at)
    for sheet in MonthSheet.objects.select_related("user").prefetch_related("corrections"):
        rows = sheet.corrections.all()
        changes = [row.requested_at for row in rows]
        changes += [row.decided_at for row in rows if row.decided_at and row.status == ClockCorrection.Status.APPROVED]
        seals = [
            each.closed_at for each in closes if (each.department_id, each.month) == (sheet.department_id, sheet.month)
        ]
        for seal in [*told[APPROVAL, subject_of(sheet)], *seals]:
            confirmed = max((at for at in told[CONFIRMATION, subject_of(sheet)] if at < seal), default=seal)
            if any(confirmed < at < seal for at in changes):
                yield f"M4 確認の後に変わり、承認や締めが続いた月: {sheet}"


def _corrections() -> Iterator[str]:
    approved = ClockCorrection.objects.filter(status=ClockCorrection.Status.APPROVED).count()
    written = ClockEvent.objects.filter(source=ClockEvent.Source.CORRECTION).count()
    if approved != written:
        yield f"M5 承認した訂正 {approved}件、書かれた打刻 {written}件"
    for row in ClockEvent.objects.values("key").annotate(times=Count("pk")).filter(times__gt=1):
        yield f"M5 同じ鍵で{row['times']}回の打刻"
