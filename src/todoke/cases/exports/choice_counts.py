"""Choice counts 選択肢ごとの件数: how often each choice was answered; small numbers are not told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from todoke.cases.exports.answer_table import form_columns
from todoke.disclosure_control.small_cells import NotPublishable, suppress_row
from todoke.formbuilder.answer_table.answer_cells import ANSWERED_BY_OPTION
from todoke.formbuilder.answer_table.stored_answers import read_answers
from todoke.formbuilder.models import FormDraft, Submission

AT_ONCE = 1000
"""Applications whose answers are read at once."""
BLANK, HIDDEN = "回答なし", "少ないため表示しません"
COUNT_HEADS = ("設問", "選択肢", "件数")


@dataclass(frozen=True)
class ChoiceCount:
    """設問の件数: the title of a question, and each choice with its number or the words that stand for it."""

    title: str
    lines: list[tuple[str, int | str]]


def choice_counts(
    form: FormDraft, submissions: Sequence[int], *, progress: Callable[[int], object] = lambda done: None
) -> list[ChoiceCount]:
    """Return the counts of every question with choices over some applications, also of those without an answer.

    In a repeated group each row counts. ``progress`` is told before each thousand how many are counted.
    """
    columns = [column for column in form_columns(form).every() if column.kind in ANSWERED_BY_OPTION]
    tallies = {column.question: dict.fromkeys([*column.options, BLANK], 0) for column in columns}
    for start in range(0, len(submissions), AT_ONCE):
        progress(start)
        block = Submission.objects.filter(pk__in=submissions[start : start + AT_ONCE])
        answered = block.select_related("version").defer("version__document")
        for stored in read_answers(list(answered)).values():
            given = {question for question, _ in stored.answers}
            for (question, _), rows in stored.answers.items():
                for _, value, _ in rows if question in tallies else ():
                    tallies[question][value] = tallies[question].get(value, 0) + 1
            for question in tallies.keys() - given:
                tallies[question][BLANK] += 1
    return [
        ChoiceCount(column.title, [(column.options.get(value, value), said)
                                   for value, said in _told(tallies[column.question]).items()])
        for column in columns
    ]  # fmt: skip


def count_lines(counts: Iterable[ChoiceCount]) -> list[tuple[str, str, int | str]]:
    """Return the lines of a file of counts under ``COUNT_HEADS``."""
    return [(each.title, label, said) for each in counts for label, said in each.lines]


def _told(counts: Mapping[str, int]) -> dict[str, int | str]:
    """Return each count, or words where it is so small, or gives a small one away, that it is not told."""
    try:
        found = suppress_row(list(counts.values()))
        hidden = {column for _, column in found.hidden} if found.publishable else set(range(len(counts)))
    except NotPublishable:
        hidden = set(range(len(counts)))
    return {key: HIDDEN if place in hidden else count for place, (key, count) in enumerate(counts.items())}
