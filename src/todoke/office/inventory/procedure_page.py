"""The inventory as this face shows it: lines of the list, chips of its conditions, groups of one procedure."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from todoke.design.templatetags.lists import SummaryListRow
from todoke.offers.procedure_list import SHOWN, ProcedureQuery, online_flag
from todoke.office.inventory.forms.procedures import CODED_LABELS, FACET_LABELS, ProcedureFilter
from todoke.procedures.codes import Fee, OnlineStatus
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.models import Procedure, ProcedureQuerySet
from todoke.procedures.survey_columns import CODES, SURVEY_COLUMNS

HEADS = [
    "手続番号",
    "手続名",
    "法令名",
    "所管部署",
    "オンライン化の実施状況",
    "区のオンライン受付",
    "手数料等の納付有無",
    "総手続件数",
]
GROUPS = (
    ("手続の基本", ("national_id", "ministry", "law", "law_number", "article", "related_articles", "related_laws",
                    "kind", "actor", "recipient", "kind_note", "via", "agency", "duty", "shared", "implementer",
                    "shared_implementers")),
    ("オンライン化", ("online_status", "concern", "online_note", "online_from", "identification", "application_system",
                      "application_systems", "office_system")),
    ("手数料と処理期間", ("fee", "fee_method", "fee_note", "fee_relief", "time_online", "time_offline")),
    ("全国の件数(調査の概数)", ("total_count", "online_count", "offline_count")),
    ("書く情報と添付書類", ("information", "document", "removal", "submission", "signature", "form_rule",
                            "attachment_note")),
    ("きっかけと提出先", ("life_event", "business_event", "profession", "office", "profession_note")),
)  # fmt: skip


def lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the words for codes to the rows of a page."""
    status, fee = dict(OnlineStatus.choices), dict(Fee.choices)
    return [
        {**row, "status_label": status.get(row["online_status"], "未回答"), "fee_label": fee.get(row["fee"], "")}
        for row in rows
    ]


def shown(found: ProcedureQuerySet) -> Iterator[list[object]]:
    """Yield what the list shows, for every procedure that it asks for."""
    for row in lines(list(found.values(*SHOWN, taken=online_flag()))):
        yield [
            row["number"], row["title"], row["law"], row["department__name"] or "", row["status_label"],
            "受付中" if row["taken"] else "", row["fee_label"], row["total_count"],
        ]  # fmt: skip


def address(query: QueryDict, **keys: str) -> str:
    """The same list at another key; empty when there is none."""
    if not all(keys.values()):
        return ""
    changed = query.copy()
    for name in ("after", "before"):
        changed.pop(name, None)
    for name, value in keys.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def chips(form: ProcedureFilter, asked: ProcedureQuery, query: QueryDict) -> list[tuple[str, str]]:
    """The conditions in force, each with the address of the list without it."""
    found = []
    for name, value in {**asked.facets, **asked.coded}.items():
        label = {**FACET_LABELS, **CODED_LABELS}[name]
        choices = dict(getattr(form.fields[name].widget, "choices", ()))
        rest = query.copy()
        for key in (name, "after", "before"):
            rest.pop(key, None)
        found.append((f"{label}: {choices.get(value, value)}", f"?{rest.urlencode()}"))
    return found


def exports(query: QueryDict) -> list[tuple[str, str]]:
    """The addresses of the list as a file."""
    found = []
    for label, extra in (
        ("Excel", {"format": "xlsx"}),
        ("CSV", {"format": "csv"}),
        ("全項目の Excel", {"format": "xlsx", "columns": "all"}),
        ("全項目の CSV", {"format": "csv", "columns": "all"}),
    ):
        wanted = query.copy()
        wanted.update(extra)
        found.append((label, f"{reverse('office:procedures-export')}?{wanted.urlencode()}"))
    return found


def groups(procedure: Procedure) -> list[tuple[str, list[SummaryListRow]]]:
    """What the survey says of one procedure, in groups; what is unanswered is left out and counted."""
    formatter = ValueFormatter()
    chosen: dict[str, list[int]] = {}
    for table, code in procedure.coded_values.values_list("code__table", "code_id"):
        chosen.setdefault(table, []).append(code)
    columns = {column.name: column for column in SURVEY_COLUMNS}
    found = []
    for title, names in GROUPS:
        rows: list[SummaryListRow] = []
        silent: list[str] = []
        for name in names:
            column = columns[name]
            if column.holds == CODES:
                words = formatter.chosen(chosen.get(name, ())).replace("; ", "\n")
            else:
                words = _written(formatter, procedure, name)
            if words:
                rows.append(SummaryListRow(column.header, words))
            else:
                silent.append(column.header)
        if silent:
            rows.append(SummaryListRow("未回答の項目", "、".join(silent)))
        found.append((title, rows))
    return found


def _written(formatter: ValueFormatter, procedure: Procedure, name: str) -> str:
    value = getattr(procedure, name)
    return f"{value:,}件" if isinstance(value, int) else formatter.value(name, value)
