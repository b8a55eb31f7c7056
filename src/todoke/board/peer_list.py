"""他自治体の数値の一覧: published figures of other municipalities by kind, each with its own definition and source."""

from collections.abc import Sequence

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.html import format_html

from todoke.design.templatetags.design import page_date
from todoke.insights.rates import DEFINITIONS
from todoke.lists.cells import hint, joined, tag
from todoke.lists.columns import Choice, Column, Filter
from todoke.lists.row_list import RowList
from todoke.plans.models import Indicator, PeerFigure


def _value(row: PeerFigure) -> object:
    return joined([f"{row.value}%", "" if row.is_consistent else tag("分子÷分母と合いません", "warning")])


def _fraction(row: PeerFigure) -> str:
    return f"{row.numerator:,} / {row.denominator:,}" if row.numerator is not None and row.denominator else "公表なし"


SAME = Q(pk__in=[])
for _key, _definition in DEFINITIONS.items():
    SAME |= Q(figure=_key, meaning=_definition.meaning)
"""Figures whose definition is, word by word, the one that the product itself counts by."""


def _is_same(choice: str) -> Q:
    return SAME if choice == "same" else ~SAME


def _meaning(row: PeerFigure) -> object:
    same = tag("こちらと同じ定義", "success") if getattr(row, "is_same", False) else tag("定義が違います", "warning")
    return joined([row.meaning, same])


class PeerList(RowList[PeerFigure]):
    """他自治体の数値の一覧: by kind of figure, the highest first."""

    name, title, url = "peers", "他自治体の数値", "board:peers"
    start, counted = "figure", True
    search_fields, search_label = ("municipality", "meaning", "source"), "自治体・定義・出典"
    columns = (
        Column("municipality", "自治体", lambda row: row.municipality, sort="municipality",
               cell=lambda row: joined([row.municipality, hint(row.period)])),
        Column("figure", "割合の種類", lambda row: row.get_figure_display(), sort=("figure", "-is_same", "-value")),
        Column("value", "値", lambda row: row.value, sort="value", cell=_value, css="number"),
        Column("fraction", "分子 / 分母", _fraction),
        Column("on", "基準日", lambda row: row.on, sort="on", css="nowrap"),
        Column("meaning", "定義", lambda row: row.meaning, cell=_meaning, css="words"),
        Column("source", "出典", lambda row: row.source,
               cell=lambda row: format_html("{}<br>{}", row.source, hint(f"{page_date(row.copied_on)}に写す"))),
        Column("period", "期間", lambda row: row.period, shown=False, exported=True),
        Column("copied", "写した日", lambda row: row.copied_on, sort="copied_on", shown=False, exported=True),
    )  # fmt: skip

    def filters(self) -> Sequence[Filter]:
        return (
            Choice("figure", "割合の種類", Indicator.OwnFigure.choices, field="figure"),
            Choice("meaning", "定義", {"same": "こちらと同じ", "other": "違う"}.items(), condition=_is_same),
        )

    def rows(self, view: str) -> QuerySet[PeerFigure]:
        same = Case(When(SAME, then=Value(True)), default=Value(False), output_field=BooleanField())
        return PeerFigure.objects.annotate(is_same=same)
