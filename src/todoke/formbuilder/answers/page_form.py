"""Page forms ページの入力欄: renders a page of a document as a Django form and parses its POST data into answers.

Names in HTML: ``question``, ``question-2`` in row 2 of a repeating group, ``question__family`` for a part of an answer.
Keys that do not belong to the page are never read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from todoke.formbuilder.answers.inputs import AttachmentInput, form_field, join_date
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.document.answer_parts import parts_of
from todoke.formbuilder.document.question_types import Value, display_text
from todoke.formbuilder.document.required_channels import is_forced
from todoke.formbuilder.document.structure import (
    CHANNEL,
    WITHOUT_INPUT,
    FormPage,
    Group,
    Question,
    QuestionKind,
    Required,
)
from todoke.japanese.parsers import carried_text, only_digits, to_ascii_hyphens

EDITION = "form__edition"
MAX_TEXT_LENGTH = 20_000
_NAME = re.compile(r"(?P<question>[a-z][a-z0-9_]{0,59}?)(?:-(?P<row>\d{1,3}))?(?:__(?P<part>[a-z_]{1,30}))?")
NO_NUMBER = "0"
_DATE_PARTS = ("era", "year", "month", "day")
FormData = Mapping[str, Any]


class FieldBlock(NamedTuple):
    """欄のまとまり: one row of a group with its shown fields."""

    group: Group
    row: int
    heading: str
    fields: list[forms.BoundField]
    removable: bool


def input_name(question_id: str, row: int = 0, part: str = "") -> str:
    """Return the ``name`` attribute of an input."""
    return question_id + (f"-{row}" if row else "") + (f"__{part}" if part else "")


def key_of(name: str) -> AnswerKey | None:
    """Return the question and row of an input's name; None for any other name."""
    found = _NAME.fullmatch(name)
    return AnswerKey(found["question"], int(found["row"] or 0)) if found else None


def as_typed(answers: Mapping[AnswerKey, Value]) -> dict[str, str | list[str]]:
    """Return answers under the names of their inputs, as the pages of a form would send them."""
    typed: dict[str, str | list[str]] = {}
    for place, value in answers.items():
        if isinstance(value, dict):
            typed |= {input_name(*place, part): text for part, text in value.items()}
        else:
            typed[input_name(*place)] = value
    return typed


class PageForm(forms.Form):
    """ページの入力欄: a form with answers as typed and problems as field errors; ``{{ form }}`` prints its blocks."""

    template_name = "formbuilder/page_form.html"
    use_required_attribute = False

    def __init__(self, journey: Journey, page: FormPage, extra: Mapping[str, int], *, staff_only: bool = False) -> None:
        super().__init__()
        self.staff_only = staff_only
        self.page = page
        self.journey = journey
        self.stops: list[AnswerProblem] = []
        self.rows = {group.id: _rows(journey, group, extra.get(group.id, 0)) for group in page.groups}
        self._names: list[tuple[Group, int, list[str]]] = []
        for group in page.groups:
            for row in self.rows[group.id]:
                self._add(group, row)

    def _add(self, group: Group, row: int) -> None:
        names = []
        for question in group.questions:
            wanted = not self.staff_only or question.required is Required.STAFF
            if wanted and self.journey.shown(question.id, row):
                name = input_name(question.id, row)
                self.fields[name] = self._field(question, row)
                if group.repeat:
                    place = group.repeat.row_name(self.rows[group.id].index(row) + 1)
                    vars(self.fields[name])["place"] = _("%(row)sの%(label)s") % {"row": place, "label": question.label}
                names.append(name)
        if names:
            self._names.append((group, row, names))

    def _field(self, question: Question, row: int) -> forms.Field:
        if question.formula is None:
            field = form_field(question, self.journey.answers.get(AnswerKey(question.id, row)))
            channel = self.journey.answers.get(AnswerKey(CHANNEL))
            if channel and question.required is Required.HARD and not is_forced(question, channel):
                field.required = False
            return field
        field = form_field(question, display_text(question, self.journey.value(question.id, row)))
        sentence = self.journey.document.formula_sentence(question.formula)
        field.help_text = "\n".join(
            filter(None, (str(field.help_text), _("計算のしかた: %(formula)s") % {"formula": sentence}))
        )
        return field

    def blocks(self) -> list[FieldBlock]:
        """Return the fields by group and row, in order."""
        return [
            FieldBlock(
                group,
                row,
                f"{group.repeat.noun} {self.rows[group.id].index(row) + 1}" if group.repeat else group.title,
                [self[name] for name in names],
                not self.staff_only and group.repeat is not None and len(self.rows[group.id]) > group.repeat.least,
            )
            for group, row, names in self._names
        ]

    def growable(self) -> list[Group]:
        """Return the repeating groups that may have one more row."""
        if self.staff_only:
            return []
        return [group for group in self.page.groups if group.repeat and len(self.rows[group.id]) < group.repeat.most]

    def show(self, problems: Iterable[AnswerProblem]) -> None:
        """Set problems as errors of their fields; a hint, which stops nobody, stands in the help of its field."""
        self._errors = ErrorDict()
        for problem in problems:
            if problem.stops:
                self.stops.append(problem)
                if problem.warning:
                    continue
                problem = replace(problem, message=_("このお答えでは、この申請はできません。案内を読んでください。"))
            name = input_name(problem.question, problem.row)
            key = name if name in self.fields else "__all__"
            if problem.warning and key == name:
                field = self.fields[name]
                field.help_text = "\n".join(filter(None, (str(field.help_text), problem.message)))
                continue
            self._errors.setdefault(key, self.error_class(renderer=self.renderer)).append(problem.message)

    def attach(self, uploads: Iterable[Any], pictures: str = "") -> None:
        """Add attached files to the widgets of their questions; ``pictures`` is the path below which they are shown."""
        for upload in uploads:
            field = self.fields.get(input_name(upload.question, upload.row))
            if field is not None and isinstance(field.widget, AttachmentInput):
                field.widget.attached.append(upload)
                field.widget.pictures = pictures


def form_for(
    page: FormPage,
    journey: Journey,
    *,
    problems: Iterable[AnswerProblem] = (),
    uploads: Iterable[Any] = (),
    extra: Mapping[str, int] | None = None,
    staff_only: bool = False,
    pictures: str = "",
) -> PageForm:
    """Return the form of a page; ``extra`` adds empty rows to repeating groups by group id.

    With ``staff_only`` it has only the questions that staff answer (職員記入欄).
    """
    form = PageForm(journey, page, extra or {}, staff_only=staff_only)
    form.show(problems)
    form.attach(uploads, pictures)
    return form


def _rows(journey: Journey, group: Group, extra: int) -> tuple[int, ...]:
    rows = list(journey.rows(group))
    if group.repeat is not None:
        for _ in range(min(extra, group.repeat.most - len(rows))):
            rows.append(max(rows, default=0) + 1)
    return tuple(rows)


def parse_answers(page: FormPage, data: FormData) -> dict[AnswerKey, Value]:
    """Return the answers in the POST data of a page; a question whose inputs are not in the data is left out."""
    found: dict[AnswerKey, Value] = {}
    for group in page.groups:
        for row in _typed_rows(group, data):
            for question in group.questions:
                value = _typed_value(question, input_name(question.id, row), data)
                if value is not None:
                    found[AnswerKey(question.id, row)] = value
    return found


def removed_rows(data: FormData) -> list[tuple[str, int]]:
    """Return the rows to be removed by a pressed button: (group id, row)."""
    found = key_of(_text(data, "remove_row"))
    return [(found.question, found.row)] if found and found.row else []


def _typed_rows(group: Group, data: FormData) -> list[int]:
    if group.repeat is None:
        return [0]
    ids = {question.id for question in group.questions}
    keys = filter(None, (key_of(key) for key in data if isinstance(key, str)))
    return sorted({key.row for key in keys if key.question in ids and key.row})[: group.repeat.most + 1]


def _typed_value(question: Question, name: str, data: FormData) -> Value | None:
    """Return an answer as typed; like a browser's input of one line, with blanks for line breaks but in long texts."""
    value = _typed(question, name, data)
    if question.kind is QuestionKind.LONG_TEXT or isinstance(value, list):
        return value
    if isinstance(value, dict):
        return {part: text.replace("\n", " ") for part, text in value.items()}
    return value and value.replace("\n", " ")


def _number_typed(text: str) -> str | None:
    """Return the digits of an individual number typed with blanks or hyphens; one that no check lets pass for others.

    Nothing else that was typed is kept, so that no text passes for an encrypted value.
    """
    digits, plain = only_digits(text), "".join(to_ascii_hyphens(text).replace("-", "").split())
    return (digits or None) if digits == plain else NO_NUMBER


def _typed(question: Question, name: str, data: FormData) -> Value | None:
    if question.kind is QuestionKind.FILE or question.kind in WITHOUT_INPUT:
        return None
    if question.kind is QuestionKind.MY_NUMBER:
        return "" if f"{name}__clear" in data else _number_typed(_text(data, name))
    if question.kind is QuestionKind.DATE:
        parts = {part: _text(data, f"{name}__{part}") for part in _DATE_PARTS if f"{name}__{part}" in data}
        return join_date(parts) if parts else _single(data, name)
    if named := parts_of(question):
        parts = {part: _text(data, f"{name}__{part}") for part in named if f"{name}__{part}" in data}
        place = _text(data, f"{name}__place") if question.kind is QuestionKind.ADDRESS else ""
        if place and not parts.get("region", "").strip():
            parts["region"] = place
        return parts or None
    if question.kind is QuestionKind.CHOICES:
        return _texts(data, name) if name in data or f"{name}__asked" in data else None
    if question.kind is QuestionKind.DECLARATION and f"{name}__asked" in data:
        return _text(data, name)
    return _single(data, name)


def _single(data: FormData, name: str) -> str | None:
    return _text(data, name) if name in data else None


def _texts(data: FormData, name: str) -> list[str]:
    getlist = getattr(data, "getlist", None)
    values = getlist(name) if getlist else data.get(name, [])
    values = values if isinstance(values, list | tuple) else [values]
    return list(dict.fromkeys(_clean(value) for value in values[:100] if isinstance(value, str)))


def _text(data: FormData, name: str) -> str:
    values = _texts(data, name)
    return values[-1] if values else ""


def _clean(text: str) -> str:
    """Return what every store and file can carry of a text, cut at the maximum length."""
    return carried_text(text)[:MAX_TEXT_LENGTH]
