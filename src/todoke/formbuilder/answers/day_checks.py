"""Day checks 日の確かめ: which days answer a question for a date, by its kind and by another date. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from todoke.design.page_forms import write_day
from todoke.formbuilder.document.day_limits import limit_day
from todoke.formbuilder.document.structure import DayKind, Question

LONGEST_LIFE = 120
FARTHEST_PLAN = 30
FAR_AHEAD = 10
LATE_ENTRY = timedelta(days=60)


class DayProblem(NamedTuple):
    """日の直すところ: a message; a warning asks, and does not block."""

    message: str
    warning: bool = False


def day_problems(question: Question, day: date, on: date) -> Iterator[DayProblem]:
    """Yield what is wrong with a day on the day of the application, by the kind of day that is asked for.

    A day to come that passed within 60 days is only asked about: papers are entered late.
    """
    said = {"day": write_day(day)}
    if question.day is DayKind.BIRTH and day > on:
        yield DayProblem(_("生まれた日が、まだ来ていない日です(%(day)s)。元号と年を確かめてください。") % said)
    elif question.day is DayKind.BIRTH and years_after(day, LONGEST_LIFE) < on:
        yield DayProblem(_("120年より前の日です(%(day)s)。元号と年を確かめてください。") % said)
    elif question.day is DayKind.PAST and day > on:
        yield DayProblem(_("まだ来ていない日です(%(day)s)。実際にあった日を入力してください。") % said)
    elif question.day is DayKind.FUTURE and day < on:
        message = _("もう過ぎた日です(%(day)s)。年と月日を確かめてください。") % said
        yield DayProblem(message, warning=day >= on - LATE_ENTRY)
    elif question.day is DayKind.FUTURE and day > years_after(on, FARTHEST_PLAN):
        yield DayProblem(_("30年より先の日です(%(day)s)。元号と年を確かめてください。") % said)
    elif question.day is DayKind.ANY and day > years_after(on, FAR_AHEAD):
        message = _("ずっと先の日です(%(day)s)。確かめてください。合っていれば、このまま進めます。")
        yield DayProblem(message % said, warning=True)


def limit_problems(question: Question, day: date, on: date) -> Iterator[DayProblem]:
    """Yield what to say for a day outside the limits of its question."""
    first, last = limit_day(question.earliest, on), limit_day(question.latest, on)
    if first is not None and day < first:
        yield DayProblem(_("%(day)s以後の日を入力してください。") % {"day": write_day(first)})
    elif last is not None and day > last:
        yield DayProblem(_("%(day)s以前の日を入力してください。") % {"day": write_day(last)})


def order_problems(day: date, earlier: date | None, label: str) -> Iterator[DayProblem]:
    """Yield what to say when a day precedes that of another question, which it may not."""
    if earlier is None or day >= earlier:
        return
    message = _("「%(label)s」の日(%(earlier)s)より前の日です(%(day)s)。どちらの日も確かめてください。")
    yield DayProblem(message % {"label": label, "earlier": write_day(earlier), "day": write_day(day)})


def years_after(day: date, years: int) -> date:
    """Return the same day some years later, 28 February for 29 February."""
    last = date.max.year - day.year
    return day.replace(year=day.year + min(years, last), day=28 if (day.month, day.day) == (2, 29) else day.day)
