"""Bound choices 選択肢: sets the options of form fields that depend on the request."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def set_queryset(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Set the query set of a ModelChoiceField."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def set_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Set the (value, label) pairs of a ChoiceField."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
