"""Rows for the lists of studies and tables."""

from typing import Any

from tests import cast
from tests.cast import tables
from tests.lists.filling import Filling, Numbers, clerk_alone
from todoke.accounts.models import User
from todoke.board.evidence.study_list import StudyList
from todoke.board.evidence.table_list import TableList
from todoke.insights.models import DataTable, Study


def _studies(by: User, numbers: Numbers) -> None:
    for n in numbers:
        Study.ask(title=f"問い{n}", department=cast.department(("戸籍住民課"), "1010"), by=by)


def _table(by: User) -> tuple[User, Any]:
    return by, tables.upload(by, "課,数\nA,1\n".encode())


def _tables(first: DataTable, numbers: Numbers) -> None:
    facts = {"department": first.department, "source": "記録", "expires_on": first.expires_on, "rows": 1, "digest": "0"}
    for n in numbers[:-1]:
        made = DataTable.objects.create(title=f"表{n}", as_of=first.as_of, **facts)
        made.columns.create(position=1, name=f"項目{n}", kind="text")


EVIDENCE_FILLINGS = (
    Filling(StudyList, clerk_alone, _studies, section_only=True),
    Filling(TableList, lambda: _table(cast.clerk()), _tables),
)
