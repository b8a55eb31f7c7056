"""Identifier fields 番号の欄: numbers as people type them, in whatever width; one that finds the row of a number."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from todoke.japanese.identifiers import identifier_text
from todoke.japanese.parsers import to_ascii_hyphens


def _folded(typed: str) -> str:
    return to_ascii_hyphens(identifier_text(typed))


def _number(typed: str) -> str:
    return _folded(typed).upper()


class IdentifierField(forms.ModelChoiceField):  # type: ignore[type-arg] # the stubs make it generic, Django does not
    """番号の欄: the row whose ``to_field_name`` is what was typed; a choice among all would be a page of megabytes.

    ``fold`` makes of what is typed what the database holds: usually capitals in half width without blanks around them.
    """

    widget = forms.TextInput

    def __init__(self, *args: Any, fold: Callable[[str], str] = _number, **more: Any) -> None:
        self.fold = fold
        super().__init__(*args, **more)

    def prepare_value(self, value: Any) -> Any:
        """Return the number of a row, also where a form knows the row by its primary key; what was typed stays."""
        if isinstance(value, int) and self.queryset is not None and self.to_field_name:
            return self.queryset.values_list(self.to_field_name, flat=True).filter(pk=value).first()
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Model | None:
        return super().to_python(self.fold(value) if isinstance(value, str) else value)


class IdentifierTextField(forms.CharField):
    """番号の欄: a number in half width without blanks around it, small letters as typed; its row is sought later."""

    def to_python(self, value: Any) -> str:
        return _folded(super().to_python(value) or "")


class DigitsField(IdentifierTextField):
    """数字の欄: exactly ``length`` digits."""

    default_error_messages: ClassVar = {"invalid": "数字%(length)dけたで入れてください。"}

    def __init__(self, length: int, **more: Any) -> None:
        self.length = length
        super().__init__(**more)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (len(value) == self.length and value.isascii() and value.isdecimal()):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"length": self.length})
