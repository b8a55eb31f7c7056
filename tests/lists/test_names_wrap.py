"""A person's long name takes more lines in a list, not the columns beside it off the screen."""

from typing import Any

import pytest

from todoke.board.list_names import LISTS as BOARD
from todoke.lists.row_list import RowList
from todoke.office.list_names import LISTS as OFFICE
from todoke.studio.list_names import LISTS as STUDIO

PEOPLE = {"申請者", "フリガナ", "氏名", "宛名", "担当者", "担当部署", "持ち出した人"}


@pytest.mark.parametrize("kind", (OFFICE | BOARD | STUDIO).values(), ids=lambda kind: kind.name)
def test_a_column_of_names_wraps(kind: type[RowList[Any]]) -> None:
    columns = kind.columns if isinstance(kind.columns, tuple) else ()
    assert [column.label for column in columns if column.label in PEOPLE and "nowrap" in column.css.split()] == []
