"""Own series 区の数値: what the product itself counts, with definition, denominator and source, by month."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from todoke.cases.models import IntakeCount
from todoke.cases.models.status import Channel
from todoke.insights.models.use_records import RateRecord
from todoke.insights.rates import DEFINITIONS
from todoke.japanese.calendar import JAPAN
from todoke.lazy_modules import pl
from todoke.meetings.models.commitment import CommitmentEvent
from todoke.plans.models import Actual, PaperUse

Rows = Iterable[Sequence[Any]]
MONTH = ("月", "day")
HERE = "このシステムの記録"


@dataclass(frozen=True)
class OwnSeries:
    """区の数値: title and words, columns with their kinds, of which the first is the month or day, and its rows."""

    key: str
    title: str
    definition: str
    denominator: str
    unit: str
    source: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[], Rows]

    def frame(self) -> pl.DataFrame:
        """Return all rows as a frame of the declared kinds."""
        known = {"text": pl.String, "number": pl.Float64, "day": pl.Date}
        schema = {name: known[kind] for name, kind in self.columns}
        return pl.DataFrame([list(row) for row in self.rows()], schema=schema, orient="row")

    def csv(self, rows: Iterable[Sequence[Any]]) -> bytes:
        """Return rows as CSV in UTF-8 with its mark and CRLF; a missing value is an empty cell."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([name for name, _ in self.columns])
        writer.writerows([_cell(value) for value in row] for row in rows)
        return out.getvalue().encode("utf-8-sig")

    def month(self, first: date) -> list[Sequence[Any]]:
        """Return the rows of one month."""
        return [row for row in self.rows() if (row[0].year, row[0].month) == (first.year, first.month)]


def _cell(value: object) -> object:
    return "" if value is None else int(value) if isinstance(value, float) and value.is_integer() else value


def _rates() -> Rows:
    """The last record of each month and rate."""
    last = {(each.on.year, each.on.month, each.key): each for each in RateRecord.objects.order_by("on")}
    for (year, month, key), each in last.items():
        percent = each.percent
        yield (
            date(year, month, 1), DEFINITIONS[key].title if key in DEFINITIONS else key, float(each.numerator),
            float(each.denominator), None if percent is None else float(percent),
        )  # fmt: skip


def _channels() -> Rows:
    names, months = dict(Channel.choices), Counter[tuple[date, str]]()
    counted = IntakeCount.objects.order_by().values_list("received_on", "channel").annotate(n=Sum("number"))
    fresh = IntakeCount.uncounted().annotate(on=F("day")).values_list("on", "channel").annotate(n=Count("pk"))
    for day, channel, count in (*counted, *fresh):
        months[day.replace(day=1), channel] += count
    for (month, channel), count in sorted(months.items()):
        yield month, names.get(channel, channel), float(count)


def _commitments() -> Rows:
    kinds = {
        each.value: each.label
        for each in (CommitmentEvent.Kind.MADE, CommitmentEvent.Kind.FULFILLED, CommitmentEvent.Kind.DROPPED)
    }
    events = CommitmentEvent.objects.filter(kind__in=kinds).annotate(month=TruncMonth("at", tzinfo=JAPAN))
    for month, kind, count in events.values_list("month", "kind").annotate(n=Count("pk")).order_by("month", "kind"):
        yield month.date(), kinds[kind], float(count)


def _indicators() -> Rows:
    for each in Actual.objects.select_related("indicator__measure__department").order_by("on", "pk"):
        values = (each.value, each.numerator, each.denominator)
        names = (each.indicator.measure.department.name, each.indicator.name)
        yield each.on, *names, *(None if value is None else float(value) for value in values)


def _paper() -> Rows:
    for each in PaperUse.objects.select_related("department").order_by("month", "department__code", "kind"):
        yield each.month, each.department.name, each.get_kind_display(), float(each.sheets)


_RATE = OwnSeries(
    "rates", "オンライン化の割合", "月の最後に記録した、五つの定義の割合", "定義ごとに異なる(分母の列)", "%", HERE,
    (MONTH, ("割合の種類", "text"), ("分子", "number"), ("分母", "number"), ("割合", "number")), _rates,
)  # fmt: skip
_CHANNEL = OwnSeries(
    "channels", "受付経路ごとの件数", "その月に受け付けた申請の数", "割合ではないため、なし", "件", HERE,
    (MONTH, ("受付経路", "text"), ("件数", "number")), _channels,
)  # fmt: skip
_COMMITMENT = OwnSeries(
    "commitments", "会議の宿題", "その月に登録・完了・取りやめにした宿題の数", "割合ではないため、なし", "件", HERE,
    (MONTH, ("出来事", "text"), ("件数", "number")), _commitments,
)  # fmt: skip
_INDICATOR = OwnSeries(
    "indicators", "計画の指標の実績", "指標ごとに定義した実績値", "指標ごとに異なる(分母の列)", "", "計画の指標",
    (("基準日", "day"), ("部署", "text"), ("指標", "text"), ("値", "number"), ("分子", "number"), ("分母", "number")),
    _indicators,
)  # fmt: skip
_PAPER = OwnSeries(
    "paper", "紙の使用量", "部署が報告した枚数(報告のない月の行はない)", "割合ではないため、なし", "枚", "各部署の報告",
    (MONTH, ("部署", "text"), ("種類", "text"), ("枚数", "number")), _paper,
)  # fmt: skip
OWN_SERIES = {series.key: series for series in (_RATE, _CHANNEL, _COMMITMENT, _INDICATOR, _PAPER)}
