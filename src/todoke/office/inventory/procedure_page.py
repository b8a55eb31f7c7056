"""One procedure as this face shows it: what the survey says, in groups."""

from todoke.design.templatetags.lists import SummaryListRow
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.models import Procedure
from todoke.procedures.survey_columns import CODES, SURVEY_COLUMNS

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
