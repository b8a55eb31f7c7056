"""Page forms ページの入力欄: a page of a document as a Django form, and what was typed into it as answers.

Names in HTML: ``question``, ``question-2`` in row 2 of a repeating group, ``question__family`` for a part of an answer.
Keys that the page does not ask for are never read.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from todoke.formbuilder.answers.inputs import Attachments, field_of, joined_date
from todoke.formbuilder.answers.journey import Journey, Problem, Spot
from todoke.formbuilder.document.question_types import Value, parts_of, written
from todoke.formbuilder.document.structure import SAYING, Group, Kind, Page, Question, Required
from todoke.japanese.parsers import digits

EDITION = "form__edition"
LONGEST_TEXT = 20_000
_NAME = re.compile(r"(?P<question>[a-z][a-z0-9_]*?)(?:-(?P<row>\d{1,3}))?(?:__(?P<part>[a-z_]+))?")
_DATE_PARTS = ("era", "year", "month", "day")
Typed = Mapping[str, Any]


class Block(NamedTuple):
    """欄のまとまり: a group (one row of it) with the fields that are shown."""

    group: Group
    row: int
    heading: str
    fields: list[forms.BoundField]
    removable: bool


def name_of(question_id: str, row: int = 0, part: str = "") -> str:
    """Return the name of an input in HTML."""
    return question_id + (f"-{row}" if row else "") + (f"__{part}" if part else "")


def spot_of(name: str) -> Spot | None:
    """Return the question and row to which an input of this name belongs; None when it is no name of ours."""
    found = _NAME.fullmatch(name)
    return Spot(found["question"], int(found["row"] or 0)) if found else None


class PageForm(forms.Form):
    """ページの入力欄: shows answers as typed, with problems beside their fields. ``{{ form }}`` prints its blocks."""

    template_name = "formbuilder/page_form.html"
    use_required_attribute = False

    def __init__(self, journey: Journey, page: Page, extra: Mapping[str, int], *, entries: bool = False) -> None:
        super().__init__()
        self.entries = entries
        self.page = page
        self.journey = journey
        self.rows = {group.id: _rows(journey, group, extra.get(group.id, 0)) for group in page.groups}
        self._names: list[tuple[Group, int, list[str]]] = []
        for group in page.groups:
            for row in self.rows[group.id]:
                self._add(group, row)

    def _add(self, group: Group, row: int) -> None:
        names = []
        for question in group.questions:
            wanted = not self.entries or question.required is Required.STAFF
            if wanted and self.journey.shown(question.id, row):
                name = name_of(question.id, row)
                self.fields[name] = self._field(question, row)
                names.append(name)
        if names:
            self._names.append((group, row, names))

    def _field(self, question: Question, row: int) -> forms.Field:
        if question.formula is None:
            return field_of(question, self.journey.answers.get(Spot(question.id, row)))
        field = field_of(question, written(question, self.journey.value(question.id, row)))
        sentence = self.journey.document.formula_sentence(question.formula)
        field.help_text = "\n".join(
            filter(None, (str(field.help_text), _("計算のしかた: %(formula)s") % {"formula": sentence}))
        )
        return field

    def blocks(self) -> list[Block]:
        """Return the fields in order, group by group and row by row."""
        return [
            Block(
                group,
                row,
                f"{group.repeat.noun} {self.rows[group.id].index(row) + 1}" if group.repeat else group.title,
                [self[name] for name in names],
                not self.entries and group.repeat is not None and len(self.rows[group.id]) > group.repeat.least,
            )
            for group, row, names in self._names
        ]

    def growable(self) -> list[Group]:
        """Return the repeating groups that may take one more row."""
        if self.entries:
            return []
        return [group for group in self.page.groups if group.repeat and len(self.rows[group.id]) < group.repeat.most]

    def show(self, problems: Iterable[Problem]) -> None:
        """Put problems beside their fields."""
        self._errors = ErrorDict()
        for problem in problems:
            name = name_of(problem.question, problem.row)
            key = name if name in self.fields else "__all__"
            self._errors.setdefault(key, self.error_class(renderer=self.renderer)).append(problem.message)

    def attach(self, uploads: Iterable[Any]) -> None:
        """Show the files that are attached already."""
        for upload in uploads:
            field = self.fields.get(name_of(upload.question, upload.row))
            if field is not None and isinstance(field.widget, Attachments):
                field.widget.attached.append(upload)


def form_for(
    page: Page,
    journey: Journey,
    *,
    problems: Iterable[Problem] = (),
    uploads: Iterable[Any] = (),
    extra: Mapping[str, int] | None = None,
    entries: bool = False,
) -> PageForm:
    """Return the form of a page; ``extra`` adds empty rows to repeating groups by group id.

    With ``entries`` it has the office's questions only (職員記入欄).
    """
    form = PageForm(journey, page, extra or {}, entries=entries)
    form.show(problems)
    form.attach(uploads)
    return form


def _rows(journey: Journey, group: Group, extra: int) -> tuple[int, ...]:
    rows = list(journey.rows(group))
    if group.repeat is not None:
        for _ in range(min(extra, group.repeat.most - len(rows))):
            rows.append(max(rows, default=0) + 1)
    return tuple(rows)


def typed_answers(page: Page, data: Typed) -> dict[Spot, Value]:
    """Read what was typed into a page. A question whose inputs are not in the data is left out (unchanged)."""
    found: dict[Spot, Value] = {}
    for group in page.groups:
        for row in _typed_rows(group, data):
            for question in group.questions:
                value = _typed_value(question, name_of(question.id, row), data)
                if value is not None:
                    found[Spot(question.id, row)] = value
    return found


def removals(data: Typed) -> list[tuple[str, int]]:
    """Return the rows that a person asked to take away: (group id, row)."""
    found = spot_of(_text(data, "remove_row"))
    return [(found.question, found.row)] if found and found.row else []


def _typed_rows(group: Group, data: Typed) -> list[int]:
    if group.repeat is None:
        return [0]
    ids = {question.id for question in group.questions}
    spots = filter(None, (spot_of(key) for key in data if isinstance(key, str)))
    return sorted({spot.row for spot in spots if spot.question in ids and spot.row})[: group.repeat.most + 1]


def _typed_value(question: Question, name: str, data: Typed) -> Value | None:
    if question.kind is Kind.FILE or question.kind in SAYING:
        return None
    if question.kind is Kind.MY_NUMBER:
        return "" if f"{name}__clear" in data else digits(_text(data, name)) or None
    if question.kind is Kind.DATE:
        parts = {part: _text(data, f"{name}__{part}") for part in _DATE_PARTS if f"{name}__{part}" in data}
        return joined_date(parts) if parts else _single(data, name)
    if named := parts_of(question):
        parts = {part: _text(data, f"{name}__{part}") for part in named if f"{name}__{part}" in data}
        return parts or None
    if question.kind is Kind.CHOICES:
        return _texts(data, name) if name in data or f"{name}__asked" in data else None
    if question.kind is Kind.DECLARATION and f"{name}__asked" in data:
        return _text(data, name)
    return _single(data, name)


def _single(data: Typed, name: str) -> str | None:
    return _text(data, name) if name in data else None


def _texts(data: Typed, name: str) -> list[str]:
    getlist = getattr(data, "getlist", None)
    values = getlist(name) if getlist else data.get(name, [])
    values = values if isinstance(values, list | tuple) else [values]
    return list(dict.fromkeys(_clean(value) for value in values[:100] if isinstance(value, str)))


def _text(data: Typed, name: str) -> str:
    values = _texts(data, name)
    return values[-1] if values else ""


def _clean(text: str) -> str:
    """Keep every character except the one that no database takes."""
    return text.replace("\x00", "")[:LONGEST_TEXT].replace("\r\n", "\n")
