"""Peer import 他自治体: import of a table of published figures; unreadable rows are reported with their line."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import parse_integer
from todoke.plans.models import Indicator, PeerFigure
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.import_report import ImportReport
from todoke.spreadsheets.table import read_table

HEADS = ("自治体", "割合の種類", "期間", "基準日", "分子", "分母", "値", "定義", "出典", "写した日")
KINDS = {label: key for key, label in Indicator.OwnFigure.choices} | {key: key for key in Indicator.OwnFigure.values}

WANTED = (Headings(tuple((head,) for head in HEADS)),)
MAX_FIGURES = 5_000


def _number(text: str) -> int | None:
    if not text:
        return None
    number = parse_integer(text)
    if number is None:
        raise ValueError(text)
    return number


def _day(text: str) -> date:
    day = parse_cell_date(text)
    if day is None:
        raise ValueError(text)
    return day


def _row(cells: dict[str, str]) -> PeerFigure:
    return PeerFigure(
        municipality=cells["自治体"], figure=KINDS.get(cells["割合の種類"], cells["割合の種類"]), period=cells["期間"],
        on=_day(cells["基準日"]), numerator=_number(cells["分子"]),
        denominator=_number(cells["分母"]), value=Decimal(cells["値"].rstrip("%")), meaning=cells["定義"],
        source=cells["出典"], copied_on=_day(cells["写した日"]),
    )  # fmt: skip


@transaction.atomic
def import_figures(content: bytes, *, by: Actor) -> ImportReport:
    """Import a table with the columns of ``HEADS``; a figure of the same day is replaced. Raises Refused."""
    table = read_bounded(read_table, content, WANTED)
    if len(table.rows) > MAX_FIGURES:
        raise Refused(f"一度に取り込めるのは{MAX_FIGURES:,}行までです。分けて取り込んでください。")
    result = ImportReport(left_out=table.left_out)
    for line, cells in table.records():
        try:
            figure = _row(cells)
            figure.full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            result.skip(line, "、".join(f"{name}: {words[0]}" for name, words in error.message_dict.items()))
            continue
        except (ValueError, InvalidOperation):
            result.skip(line, "数か日付(2026-03-31の形)が読めません")
            continue
        PeerFigure.objects.filter(municipality=figure.municipality, figure=figure.figure, on=figure.on).delete()
        figure.save()
        result.taken += 1
    record("plans.peerfigure/import", "他自治体の数値の取込", by=by, after={"行": result.taken})
    return result
