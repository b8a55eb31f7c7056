"""Rows for the lists of studies and tables."""

from datetime import timedelta
from typing import Any

from tests import cast
from tests.cast import tables
from tests.lists.filling import Filling, Numbers, clerk_alone
from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.board.evidence.dataset_list import DatasetList
from todoke.board.evidence.study_list import StudyList
from todoke.board.evidence.table_list import TableList
from todoke.insights.models import Dataset, DataTable, Study
from todoke.japanese.calendar import today


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


def _datasets(_: Any, numbers: Numbers) -> None:
    facts = {"department": cast.department(), "description": "説明", "contact": "総務課"}
    for n in numbers:
        due = today() + timedelta(days=n - 4) if n % 3 else None
        made = Dataset.objects.create(slug=f"d{n}", title=f"データ{n}", next_due=due, **facts)
        if n % 2:
            made.publish(b"a", records=1, columns=1, by=System())


EVIDENCE_FILLINGS = (
    Filling(StudyList, clerk_alone, _studies, section_only=True),
    Filling(DatasetList, clerk_alone, _datasets),
    Filling(TableList, lambda: _table(cast.clerk()), _tables),
)
