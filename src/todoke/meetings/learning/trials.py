"""Trials 試し: a version of the classifier learned from the rows of the municipality, for a person to judge."""

from dataclasses import asdict

from todoke.accounts.actors import Actor
from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.meetings.learning.judged_rows import JudgedRow, Origin, RowCounts, judged_rows
from todoke.meetings.learning.municipal_fit import Comparison, TaughtLine, TaughtMinutes, learn
from todoke.meetings.models.meeting import Meeting
from todoke.meetings.models.minutes import Minutes
from todoke.meetings.models.reader_version import ReaderVersion

LIMITS = ReadLimits(
    seconds=600,
    megabytes=1500,
    too_long="{seconds}秒で学習が終わらなかったので、打ち切りました。いまの判定は、何も変わっていません。",
)
MOST_MINUTES = 60
"""The latest minutes that are learned from; each is left out once."""


def taught_minutes(rows: list[JudgedRow]) -> list[TaughtMinutes]:
    """Return the latest minutes with their rows."""
    lines: dict[int, list[TaughtLine]] = {}
    for each in rows:
        taught = TaughtLine(each.line, each.quote, each.kind, each.what, each.origin is Origin.MISSED)
        lines.setdefault(each.minutes, []).append(taught)
    found = Minutes.objects.filter(pk__in=lines).select_related("meeting__body").order_by("-meeting__held_on", "-pk")
    return [
        TaughtMinutes(
            f"{each.meeting.title}({each.meeting.held_on})", each.text, each.meeting.held_on, tuple(lines[each.pk]),
            each.meeting.status == Meeting.Status.RECORDED,
        )
        for each in found[:MOST_MINUTES]
    ]  # fmt: skip


def make_trial(*, by: Actor) -> tuple[ReaderVersion, list[Comparison]]:
    """Learn from all rows and keep the result as a trial, which nothing uses. Raises NotYet, Unreadable.

    The learning runs before the transaction, in a process of its own with limits of time and memory.
    """
    rows = judged_rows()
    counts = RowCounts.of(rows)
    counts.require_enough()
    weights, compared = read_within(LIMITS, learn, taught_minutes(rows))
    made = ReaderVersion.keep(
        weights=weights, minutes=counts.minutes, rows=counts.rows, comparison=[asdict(each) for each in compared],
        by=by,
    )  # fmt: skip
    return made, compared
