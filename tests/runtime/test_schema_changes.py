"""A release that people use is never left without a column that it still reads or cannot fill."""

from typing import Any

import pytest
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ModelState, ProjectState

from todoke.runtime.database.schema_changes import contractions, refused, release_number, without_way_back

pytestmark = pytest.mark.sqlite


def tables() -> ProjectState:
    """One table that is in use."""
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50, null=True)),
    ]
    state = ProjectState()
    state.add_model(ModelState("cases", "Paper", fields))
    return state


def plan(*given: Any, since: str = "") -> list[tuple[Migration, bool]]:
    kind = type("Migration", (Migration,), {"operations": list(given), "unused_since": since})
    return [(kind("0002_next", "cases"), False)]


def taken(*given: Any) -> bool:
    return bool(list(contractions(plan(*given), tables())))


EMPTY = models.CharField(max_length=50, null=True)


@pytest.mark.parametrize(
    ("operation", "contracts"),
    [
        (operations.RemoveField("paper", "name"), True),
        (operations.DeleteModel("Paper"), True),
        (operations.RenameField("paper", "name", "title"), True),
        (operations.RenameModel("Paper", "Document"), True),
        (operations.AlterField("paper", "name", models.CharField(max_length=50)), True),
        (operations.AlterField("paper", "name", models.CharField(max_length=20, null=True)), True),
        (operations.AlterField("paper", "name", models.IntegerField(null=True)), True),
        (operations.RunSQL("ALTER TABLE cases_paper DROP COLUMN name"), True),
        (operations.AlterField("paper", "name", models.CharField(max_length=80, null=True)), False),
        (operations.AlterField("paper", "name", models.CharField("name", max_length=50, null=True)), False),
        (operations.AddField("paper", "title", EMPTY), False),
        (operations.RunSQL("UPDATE cases_paper SET name = ''"), False),
        (operations.SeparateDatabaseAndState(state_operations=[operations.RemoveField("paper", "name")]), False),
        (operations.SeparateDatabaseAndState([operations.RemoveField("paper", "name")]), True),
    ],
)
def test_what_takes_something_away_is_found(operation: Any, contracts: bool) -> None:
    assert taken(operation) is contracts


def test_what_the_same_upgrade_made_is_nobodys_loss() -> None:
    made = operations.CreateModel("Draft", [("id", models.BigAutoField(primary_key=True)), ("name", EMPTY)])
    assert not taken(made, operations.RemoveField("draft", "name"))


@pytest.mark.parametrize(
    ("since", "installed", "allowed"),
    [
        ("", "1.0.0", False),
        ("1.1.0", "1.0.0", False),
        ("1.1.0", "1.1.0", True),
        ("1.9.0", "1.10.0", True),
        ("1.1.0", "", False),
    ],
)
def test_a_contraction_waits_until_the_release_that_used_it_is_two_releases_old(
    since: str, installed: str, allowed: bool
) -> None:
    found = list(contractions(plan(operations.RemoveField("paper", "name"), since=since), tables()))
    assert (refused(found, installed) == []) is allowed


def test_a_column_that_the_release_in_use_cannot_fill_leaves_no_way_back() -> None:
    filled = models.CharField(max_length=5, default="", db_default="")
    never_empty = models.CharField(max_length=5, default="")
    for field, way_back in ((EMPTY, True), (filled, True), (never_empty, False)):
        assert (without_way_back(plan(operations.AddField("paper", "title", field))) == []) is way_back


def test_releases_are_compared_as_numbers() -> None:
    assert release_number("0.10.0") > release_number("0.9.3") > release_number("")
