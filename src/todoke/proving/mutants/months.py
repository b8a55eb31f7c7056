"""Mutants of months 勤怠の月に植える欠陥: what a wrong program would do with closes, seals and corrections."""

from typing import Any

from django.db import connection

from todoke.workforce import closed_month_triggers, month_closes
from todoke.workforce.models import ClockEvent, MonthSheet

closes: Any = month_closes
events: Any = ClockEvent
sheets: Any = MonthSheet


def month_written_after_close() -> None:
    """Write into a closed month; the rule of the database is gone."""
    write = sheets.__dict__["write"].__func__

    def open_to_all(cls: Any, user: Any, on: Any) -> Any:
        closed_month_triggers.uninstall(connection)
        sheet = cls.of(user, on)
        return sheet if sheet.status == MonthSheet.Status.CLOSED else write(cls, user, on)

    sheets.write = classmethod(open_to_all)


def closed_without_all() -> None:
    """Close the month of a section although not everybody's is approved."""
    closes.left_of = lambda department, month: []

    def sealed(rows: Any) -> None:
        MonthSheet.objects.filter(pk__in=[row.pk for row in rows], status="approved").update(status="closed")

    closes._seal = sealed


def seals_kept() -> None:
    """Let a change leave the seals of person and chief as they were."""
    write = sheets.__dict__["write"].__func__

    def silent(cls: Any, user: Any, on: Any) -> Any:
        sheet = cls.of(user, on)
        sealed = sheet.status in {MonthSheet.Status.CONFIRMED, MonthSheet.Status.APPROVED}
        return sheet if sealed else write(cls, user, on)

    sheets.write = classmethod(silent)


def close_untold() -> None:
    """Close without a word in the trail."""
    closes.record = lambda *args, **more: None


def correction_unwritten() -> None:
    """Approve a correction and write no event."""
    events.note = classmethod(_note(events.__dict__["note"].__func__))


def _note(note: Any) -> Any:
    def forgetful(cls: Any, user: Any, kind: Any, at: Any, **more: Any) -> Any:
        is_corrected = more["source"] == ClockEvent.Source.CORRECTION
        return more["replaces"] if is_corrected else note(cls, user, kind, at, **more)

    return forgetful
