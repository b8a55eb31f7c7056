"""Stored answers 送られた回答: the answers of many submissions that count, read in constant queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from todoke.formbuilder.answer_table.answer_cells import Typed
from todoke.formbuilder.answers.answer_places import AnswerKey
from todoke.formbuilder.answers.answer_rows import AnswerRow, from_rows
from todoke.formbuilder.answers.authorship import AnswerSource, is_office_only
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.document.structure import AGENT_ROLE, CHANNEL, Document
from todoke.formbuilder.models import Answer, Submission, Upload

AT_ONCE = 2000
"""Rows of answers that are read at once."""
Place = tuple[str, int]
"""Question and row; as a plain tuple, because hundreds of thousands are made."""


@dataclass
class StoredAnswers:
    """送られた回答: what one submission answers, by place; ``files`` are the names of its papers, by place."""

    answers: dict[Place, list[Typed]] = field(default_factory=dict)
    files: dict[Place, list[str]] = field(default_factory=dict)


def read_answers(submissions: Collection[Submission]) -> dict[int, StoredAnswers]:
    """Return the answers that count by the id of the submission; three queries, however many there are.

    What a correction or an entry of the office has hidden since is left out, as on the page of the case.
    """
    found = {submission.pk: StoredAnswers() for submission in submissions}
    documents = {submission.pk: submission.version.parsed for submission in submissions}
    sources = {id(document): _sources(document) for document in documents.values()}
    counted = {pk: (found[pk].answers, sources[id(document)]) for pk, document in documents.items()}
    current = Answer.objects.filter(submission__in=found, superseded_at=None).order_by("pk")
    office = str(AnswerSource.OFFICE)
    by_office: set[int] = set()
    for pk, source, question, row, part, value, normal in current.values_list(
        "submission", "source", "question", "row", "part", "value", "normal"
    ).iterator(AT_ONCE):
        answers, known = counted[pk]
        wanted = known.get(question)
        if wanted is None or (wanted and wanted != source) or (not wanted and source == office):
            continue
        if wanted:
            by_office.add(pk)
        place = (question, row)
        there = answers.get(place)
        if there is None:
            answers[place] = [(part, value, normal)]
        else:
            there.append((part, value, normal))
    _read_files(found)
    corrected = set(
        Answer.objects.filter(submission__in=found).exclude(superseded_at=None).values_list("submission", flat=True)
    )
    for submission in submissions:
        document = documents[submission.pk]
        if submission.pk in corrected or (submission.pk in by_office and _asks_office(document)):
            _leave_out_hidden(submission, document, found[submission.pk])
    return found


def _sources(document: Document) -> dict[str, str]:
    """Return by question whose answers count: the office's, or "" for everybody else's; a calculation takes any."""
    return {
        asked.id: str(AnswerSource.OFFICE) if is_office_only(asked) and asked.formula is None else ""
        for _, _, asked in document.by_id.values()
    }


def _read_files(found: Mapping[int, StoredAnswers]) -> None:
    papers = Upload.objects.current().filter(submission__in=found).order_by("pk")
    for pk, question, row, name in papers.values_list("submission", "question", "row", "name"):
        found[pk].files.setdefault((question, row), []).append(name)


def _asks_office(document: Document) -> bool:
    """Whether a condition of the form asks for what only the office answers."""
    office = {asked.id for _, _, asked in document.by_id.values() if is_office_only(asked)}
    conditions = [
        when
        for page, group, question in document.by_id.values()
        for when in (page.when, group.when, question.when)
        if when is not None
    ]
    return any(office.intersection(when.questions()) for when in conditions)


def _leave_out_hidden(submission: Submission, document: Document, stored: StoredAnswers) -> None:
    facts = {AGENT_ROLE: submission.agent_role, CHANNEL: submission.channel}
    lines = (
        AnswerRow(question, row, part, value, normal)
        for (question, row), rows in stored.answers.items()
        for part, value, normal in rows
    )
    answers = from_rows(document, lines)
    answers |= {AnswerKey(fact): value for fact, value in facts.items() if value not in {"", "self", "web"}}
    answers |= {AnswerKey(*key): list(names) for key, names in stored.files.items() if key[0] in document.by_id}
    shown = Journey(document, answers, submission.reference_date(), staff=True).present()
    for key in [key for key in stored.answers if key not in shown]:
        del stored.answers[key]
    for key in [key for key in stored.files if key[0] in document.by_id and key not in shown]:
        del stored.files[key]
