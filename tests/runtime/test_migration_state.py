"""Tables that are made while only what changed is rendered are those that Django makes."""

from typing import Any

import pytest
from django.db import models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

from todoke.runtime.database.migration_state import fewer_models_rendered

pytestmark = pytest.mark.sqlite


def table(name: str, *targets: str) -> ModelState:
    fields: list[tuple[str, models.Field[Any, Any]]] = [("id", models.BigAutoField(primary_key=True))]
    fields += [(target, models.ForeignKey(f"cases.{target}", models.CASCADE)) for target in targets]
    return ModelState("cases", name, fields)


def rendered() -> ProjectState:
    """Return a rendered state of two tables that point to each other through a third that comes last."""
    state = ProjectState()
    state.add_model(table("Folder"))
    state.add_model(table("Paper", "folder"))
    assert state.apps
    state.add_model(table("Copy", "paper", "folder"))
    return state


def shape(state: ProjectState) -> dict[str, list[tuple[str, str]]]:
    """Return for each model its columns and the models that point to it."""
    return {
        model.__name__: [
            *((field.name, str(field.remote_field and field.remote_field.model)) for field in model._meta.fields),
            *sorted((each.name, str(each.related_model)) for each in model._meta.related_objects),
        ]
        for model in state.apps.get_models()
    }


def test_a_new_table_knows_its_neighbours_and_they_know_it() -> None:
    as_django_does = shape(rendered())
    with fewer_models_rendered():
        assert shape(rendered()) == as_django_does
    assert len(as_django_does["Folder"]) == 3


def test_the_neighbours_are_not_made_again() -> None:
    state = ProjectState()
    state.add_model(table("Folder"))
    folder = state.apps.get_model("cases", "Folder")
    with fewer_models_rendered():
        state.add_model(table("Paper", "folder"))
        assert state.apps.get_model("cases", "Folder") is folder
        assert state.apps.get_model("cases", "Paper")._meta.get_field("folder").remote_field.model is folder
    state.add_model(table("Copy", "folder"))
    assert state.apps.get_model("cases", "Folder") is not folder


def changed() -> ProjectState:
    """Return a rendered state whose tables got a rule, an index and a column, and lost a rule."""
    state = rendered()
    state.add_constraint("cases", "folder", models.UniqueConstraint(fields=["id"], name="one"))
    state.add_constraint("cases", "folder", models.CheckConstraint(condition=models.Q(id__gt=0), name="%(class)s_more"))
    state.add_index("cases", "paper", models.Index(fields=["folder"], name="by_folder"))
    state.remove_constraint("cases", "folder", "one")
    state.add_field("cases", "folder", "title", models.CharField(max_length=9, db_default="x"), True)
    state.add_field("cases", "folder", "first", models.ForeignKey("cases.copy", models.CASCADE, null=True), True)
    return state


def rules(state: ProjectState) -> list[tuple[list[str], list[str]]]:
    metas = [state.apps.get_model("cases", name)._meta for name in ("folder", "paper", "copy")]
    return [([each.name for each in meta.constraints], [each.name for each in meta.indexes]) for meta in metas]


def test_rules_and_indexes_are_those_that_django_keeps() -> None:
    as_django_does = rules(changed())
    columns = shape(changed())
    with fewer_models_rendered():
        assert rules(changed()) == as_django_does == [(["folder_more"], []), ([], ["by_folder"]), ([], [])]
        assert shape(changed()) == columns
    assert [name for name, _ in columns["Folder"][:3]] == ["id", "title", "first"]


def test_a_table_that_got_a_rule_is_not_made_again() -> None:
    state = rendered()
    folder = state.apps.get_model("cases", "Folder")
    with fewer_models_rendered():
        assert folder._meta.total_unique_constraints == []
        state.add_constraint("cases", "folder", models.UniqueConstraint(fields=["id"], name="one"))
        assert state.apps.get_model("cases", "Folder") is folder
        assert [each.name for each in folder._meta.total_unique_constraints] == ["one"]
    state.add_constraint("cases", "folder", models.UniqueConstraint(fields=["id"], name="two"))
    assert state.apps.get_model("cases", "Folder") is not folder


def test_a_copied_field_belongs_to_the_model_that_is_rendered() -> None:
    state = rendered()
    assert state.models["cases", "paper"].fields["folder"].related_model == "cases.folder"
    with fewer_models_rendered():
        state.reload_model("cases", "paper")
        field = state.apps.get_model("cases", "Paper")._meta.get_field("folder")
    assert field.related_model is state.apps.get_model("cases", "Folder")
    assert field is not state.models["cases", "paper"].fields["folder"]


def test_on_the_way_back_the_table_of_before_lacks_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def names_before(before: ProjectState, *, fake: bool) -> list[str]:
        after = before.clone()
        after.add_constraint("cases", "folder", models.UniqueConstraint(fields=["id"], name="one"))
        return [each.name for each in before.apps.get_model("cases", "Folder")._meta.constraints]

    monkeypatch.setattr(MigrationExecutor, "_migrate_all_backwards", names_before)
    back: Any = MigrationExecutor
    with fewer_models_rendered():
        assert back._migrate_all_backwards(rendered(), fake=False) == []  # noqa: SLF001 - the way back of the executor
        assert names_before(rendered(), fake=False) == ["one"]
