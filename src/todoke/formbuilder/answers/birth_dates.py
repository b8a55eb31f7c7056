"""Birth dates 生年月日: which birth dates an application gives for the persons that it names."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from todoke.formbuilder.answers.answer_rows import AnswerRow, from_rows
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.answers.name_spellings import alternative_name
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import DayKind, Document, QuestionKind
from todoke.formbuilder.models import Submission
from todoke.formbuilder.models.answer import Answer
from todoke.japanese.days import parse_date

Place = tuple[str, int]
"""A group of a form and its row."""


def births_by_name(submissions: Collection[int], key: Callable[[str], str]) -> dict[int, dict[str, set[date]]]:
    """Return by submission and by ``key`` of a name every birth date asked beside it, in two queries.

    A name is left out where it is given once without as many birth dates as names in the same group and row, because
    the date may be another person's.
    """
    if not submissions:
        return {}
    lines: dict[int, list[AnswerRow]] = {}
    rows = Answer.objects.filter(submission__in=submissions, superseded_at=None).order_by("pk")
    for submission, *line in rows.values_list("submission", *AnswerRow._fields):
        lines.setdefault(submission, []).append(AnswerRow(*line))
    found = Submission.objects.filter(pk__in=submissions).select_related("version")
    return {each.pk: _births(each.version.parsed, lines.get(each.pk, ()), key) for each in found}


def _births(document: Document, lines: Iterable[AnswerRow], key: Callable[[str], str]) -> dict[str, set[date]]:
    answers = from_rows(document, lines)
    names: dict[Place, list[set[str]]] = {}
    births: dict[Place, set[date]] = {}
    for spot, value in answers.items():
        _, group, question = document.by_id[spot.question]
        if question.kind is QuestionKind.NAME and isinstance(value, dict):
            names.setdefault((group.id, spot.row), []).append(_keys(value, key))
        elif question.day is DayKind.BIRTH and (day := _day(answers, spot)):
            births.setdefault((group.id, spot.row), set()).add(day)
    found: dict[str, set[date]] = {}
    unsure: set[str] = set()
    for place, given in names.items():
        known = births.get(place, set())
        for keys in given:
            unsure |= keys if len(known) < len(given) else set()
            for each in keys:
                found.setdefault(each, set()).update(known)
    return {name: days for name, days in found.items() if name not in unsure}


def _keys(value: Mapping[str, str], key: Callable[[str], str]) -> set[str]:
    written = (f"{value.get('family', '')}{value.get('given', '')}", alternative_name(value))
    return {key(name) for name in written if name.strip()}


def _day(answers: Mapping[AnswerKey, Value], spot: AnswerKey) -> date | None:
    value = answers[spot]
    return parse_date(value) if isinstance(value, str) else None
