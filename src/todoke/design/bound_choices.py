"""Choices 選択肢 of a form that depend on who asks: which rows or words a field offers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Offer these rows in a field, and no others."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def choose_among(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Offer these pairs of value and words in a field, and no others."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)
