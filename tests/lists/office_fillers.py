"""Rows for the lists of the office."""

from datetime import date

from tests import cast
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.office.records.classification_list import ClassificationList
from todoke.records.models import Classification, ClassificationTable


def _own_table() -> tuple[User, ClassificationTable]:
    clerk = cast.clerk()
    return clerk, ClassificationTable.objects.create(number=90, starts_on=date(2090, 4, 1), basis="試し")


def _classifications(table: ClassificationTable, numbers: Numbers) -> None:
    Classification.objects.bulk_create(
        Classification(table=table, code=f"X{n:03}", name=f"分類{n % 3}", years=5, start_rule="fiscal") for n in numbers
    )


OFFICE_FILLINGS = (
    Filling(ClassificationList, _own_table, _classifications, place=lambda table: {"number": table.number}),
)
