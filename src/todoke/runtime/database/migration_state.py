"""Rendering of models while migrations run 移行中のモデル: what did not change is not made again.

Django renders every model that can be reached from a new one again, at each ``CreateModel``: with n models of one
connected schema n²/2 classes, half of the time of the first start. A model that did not exist has no class that could
be out of date, so only its own is made. An index or a constraint changes no field: the class that is there is told of
it, and no neighbour is made again. Where models are made again, their fields are copied; Django takes each apart and
builds it from its arguments, for half of the time that was left. Other versions of Django take Django's way.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from typing import Any

import django
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field
from django.utils.functional import cached_property

DJANGO = ((5, 2),)
"""The versions of Django whose state of migrations was read and tested."""
OPTION_CHANGES = ("_append_option", "_remove_option", "_alter_option")


@contextmanager
def fewer_models_rendered() -> Iterator[None]:
    """Render only what changed while migrations run; the tables are those that Django makes.

    On the way back the states before and after each step are needed side by side, so options take Django's way.
    """
    kept = {name: getattr(ProjectState, name) for name in OPTION_CHANGES}

    def backwards(as_django_does: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with ExitStack() as until_done:
            for name, method in kept.items():
                until_done.enter_context(_replaced(ProjectState, name, partial(_instead, method)))
            return as_django_does(*given, **named)

    with ExitStack() as until_done:
        if django.VERSION[:2] in DJANGO:
            until_done.enter_context(_replaced(ProjectState, "add_model", _new_model_alone))
            for name in OPTION_CHANGES:
                until_done.enter_context(_replaced(ProjectState, name, _option_in_place))
            until_done.enter_context(_replaced(ModelState, "render", _with_copied_fields))
            until_done.enter_context(_replaced(MigrationExecutor, "_migrate_all_backwards", backwards))
        yield


@contextmanager
def _replaced(owner: type, name: str, new: Callable[..., Any]) -> Iterator[None]:
    """Call ``new`` with Django's method before its arguments, instead of the method."""
    as_django_does = getattr(owner, name)
    setattr(owner, name, lambda *given, **named: new(as_django_does, *given, **named))
    try:
        yield
    finally:
        setattr(owner, name, as_django_does)


def _instead(method: Callable[..., Any], replaced: Callable[..., Any], *given: Any) -> Any:
    return method(*given)


def _new_model_alone(as_django_does: Callable[..., None], state: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    rendered = state.__dict__.get("apps")
    if rendered is None or key in state.models or key in state.relations:
        as_django_does(state, model_state)
        return
    state.models[key] = model_state
    state.resolve_model_relations(key)
    rendered.render_multiple([model_state])


def _option_in_place(
    as_django_does: Callable[..., None], state: ProjectState, app_label: str, model_name: str, option: str, *given: Any
) -> None:
    """Change the indexes or constraints of a model; the state before it shares the class and asks its own copy."""
    rendered = state.__dict__.pop("apps", None)
    as_django_does(state, app_label, model_name, option, *given)
    if rendered is not None:
        state.__dict__["apps"] = rendered
        meta = rendered.get_model(app_label, model_name)._meta
        changed = state.models[app_label, model_name].options[option]
        setattr(meta, option, meta._format_names(changed))  # noqa: SLF001 - as Django does when it makes a class
        meta.__dict__.pop("total_unique_constraints", None)


def _with_copied_fields(as_django_does: Callable[..., Any], model_state: ModelState, apps: Any) -> Any:
    """Return the class of a model; Django asks each field for a clone."""
    fields = model_state.fields
    stand_ins: dict[str, Any] = {name: _Copied(field) for name, field in fields.items()}
    model_state.fields = stand_ins
    try:
        return as_django_does(model_state, apps)
    finally:
        model_state.fields = fields


class _Copied:
    """Stands for a field of a state and gives its copy, which no model has taken yet and which comes last."""

    def __init__(self, field: Any) -> None:
        self.field = field

    def clone(self) -> Any:
        made = copy.deepcopy(self.field)
        for part in filter(None, (made, made.remote_field)):
            for name in _cached(part.__class__):
                part.__dict__.pop(name, None)
        if made.auto_created:
            made.creation_counter = Field.auto_creation_counter
            Field.auto_creation_counter -= 1
        else:
            made.creation_counter = Field.creation_counter
            Field.creation_counter += 1
        return made


@cache
def _cached(owner: type) -> frozenset[str]:
    """Return the names of what a field works out once; of a state's it is not yet the rendered model's."""
    found = (vars(each).items() for each in owner.__mro__)
    return frozenset(name for items in found for name, value in items if isinstance(value, cached_property))
