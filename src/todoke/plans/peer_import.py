"""Peer import 他自治体: import of a table of published figures; unreadable rows are reported with their line."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit.log import record
from todoke.file_validation.bounded_read import read_bounded
from todoke.plans.card_series import ImportReport
from todoke.plans.models import Indicator, PeerFigure
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.table import read_table

HEADS = ("自治体", "割合の種類", "期間", "基準日", "分子", "分母", "値", "定義", "出典", "写した日")
KINDS = {label: key for key, label in Indicator.OwnFigure.choices} | {key: key for key in Indicator.OwnFigure.values}

MAX_FIGURES = 5_000


def _number(text: str) -> int | None:
    return int(text.replace(",", "")) if text.strip() else None


def _row(cells: dict[str, str]) -> PeerFigure:
    return PeerFigure(
        municipality=cells["自治体"], figure=KINDS.get(cells["割合の種類"], cells["割合の種類"]), period=cells["期間"],
        on=date.fromisoformat(cells["基準日"].replace("/", "-")), numerator=_number(cells["分子"]),
        denominator=_number(cells["分母"]), value=Decimal(cells["値"].rstrip("%")), meaning=cells["定義"],
        source=cells["出典"], copied_on=date.fromisoformat(cells["写した日"].replace("/", "-")),
    )  # fmt: skip


@transaction.atomic
def import_figures(text: str, *, by: Actor) -> ImportReport:
    """Import a CSV with the columns of ``HEADS``; a figure of the same day is replaced. Raises Refused."""
    heads, *lines = read_bounded(read_table, "figures.csv", text.encode()) or [[]]
    if missing := [head for head in HEADS if head not in heads]:
        raise Refused(f"列が足りません: {'、'.join(missing)}。見出しを「{'、'.join(HEADS)}」にしてください。")
    if len(lines) > MAX_FIGURES:
        raise Refused(f"一度に取り込めるのは{MAX_FIGURES:,}行までです。分けて取り込んでください。")
    result = ImportReport()
    for line, row in enumerate(lines, 2):
        cells = dict(zip(map(str, heads), map(str, row), strict=False))
        if not cells:
            continue
        try:
            figure = _row({head: cells.get(head, "").strip() for head in HEADS})
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
