"""Rendering of models while migrations run 移行中のモデル: a new model is rendered alone.

Django renders every model that can be reached from a new one again, at each ``CreateModel``: with n models of one
connected schema n²/2 classes, half of the time of the first start. A model that did not exist has no class that could
be out of date, so only its own is made. Models that were there, and other versions of Django, take Django's way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db.migrations.state import ModelState, ProjectState

DJANGO = ((5, 2),)
"""The versions of Django whose state of migrations was read and tested."""


@contextmanager
def new_models_alone() -> Iterator[None]:
    """Render new models alone while migrations run; other states of models are rendered as Django does."""
    as_django_does = ProjectState.add_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        rendered = self.__dict__.get("apps")
        if rendered is None or key in self.models or key in self.relations:
            as_django_does(self, model_state)
            return
        self.models[key] = model_state
        self.resolve_model_relations(key)
        rendered.render_multiple([model_state])

    if django.VERSION[:2] not in DJANGO:
        yield
        return
    ProjectState.add_model = add_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = as_django_does  # type: ignore[method-assign]
