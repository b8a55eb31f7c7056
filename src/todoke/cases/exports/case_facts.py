"""Case facts 案件の事実: what the table of answers says about each case beside its answers. Pure, given the case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from todoke.cases.models import Case
from todoke.formbuilder.answer_table.answer_cells import Cell
from todoke.japanese.calendar import JAPAN

RELATED = ("release__offer__procedure", "department", "assignee", "charge__receipt", "submission__version")


@dataclass(frozen=True)
class CaseFact:
    """案件の事実: one column of the table that is not an answer; what is ``personal`` tells who applied."""

    label: str
    value: Callable[[Case], Cell]
    personal: bool = False


def _day(case: Case) -> date:
    return case.received_at.astimezone(JAPAN).date()


NUMBER = "number"
FACTS: Mapping[str, CaseFact] = {
    NUMBER: CaseFact("受付番号", lambda case: case.number),
    "version": CaseFact("様式の版", lambda case: case.submission.version.number),
    "applicant": CaseFact("申請者", lambda case: case.applicant_name, personal=True),
    "kana": CaseFact("申請者のフリガナ", lambda case: case.applicant_kana, personal=True),
    "status": CaseFact("状態", lambda case: case.get_status_display()),
    "received": CaseFact("受付日", _day),
    "channel": CaseFact("受付経路", lambda case: case.get_channel_display()),
    "department": CaseFact("担当部署", lambda case: case.department.name),
    "assignee": CaseFact("担当者", lambda case: case.assignee.name if case.assignee else ""),
    "due": CaseFact("期限", lambda case: case.due_on),
    "fee": CaseFact("手数料", lambda case: case.charge.yen if case.charge else 0),
    "paid": CaseFact("納付の状況", lambda case: str(case.charge.status.label) if case.charge else ""),
    "decided": CaseFact("決定日", lambda case: case.decided_at.astimezone(JAPAN).date() if case.decided_at else None),
    "delivery": CaseFact("受け取り方", lambda case: case.delivery_wish),
}
USUAL = (NUMBER, "version", "applicant", "status", "received", "channel")
"""Facts of the table where nobody chose columns."""
