"""Tables that are made while new models are rendered alone are those that Django makes."""

from typing import Any

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from todoke.runtime.database.migration_state import new_models_alone

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
    with new_models_alone():
        assert shape(rendered()) == as_django_does
    assert len(as_django_does["Folder"]) == 3


def test_the_neighbours_are_not_made_again() -> None:
    state = ProjectState()
    state.add_model(table("Folder"))
    folder = state.apps.get_model("cases", "Folder")
    with new_models_alone():
        state.add_model(table("Paper", "folder"))
        assert state.apps.get_model("cases", "Folder") is folder
        assert state.apps.get_model("cases", "Paper")._meta.get_field("folder").remote_field.model is folder
    state.add_model(table("Copy", "folder"))
    assert state.apps.get_model("cases", "Folder") is not folder
