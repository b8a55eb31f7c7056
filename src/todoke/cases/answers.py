"""Case answers 回答: reads a case's submission as it stood after its last correction."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from todoke.formbuilder.answers.authorship import AnswerSource
from todoke.formbuilder.answers.journey import AnswerKey, Journey, SummaryRow
from todoke.formbuilder.answers.name_spellings import alternative_name
from todoke.formbuilder.document.question_types import normalized_texts
from todoke.formbuilder.document.structure import QuestionKind, Required
from todoke.formbuilder.models import Submission
from todoke.formbuilder.models.answer import answer_sources
from todoke.offers.fees import FeeRow
from todoke.runtime.mail_addresses import mail_address


@dataclass(frozen=True)
class Applicant:
    """申請者: the first name, reading, e-mail address and address that the form asks for; "" for what is not asked.

    ``plain`` is the alternative spelling of the name (代替表記), where the applicant gave one, ``delivery`` the chosen
    way to receive the result (受け取り方).
    """

    name: str = ""
    kana: str = ""
    email: str = ""
    address: str = ""
    plain: str = ""
    delivery: str = ""


def body_hash(submission: Submission, journey: Journey | None = None) -> str:
    """Return the SHA-256 of a submission's shown answers, in the order of the document.

    A caller that holds the ``journey`` passes it and saves the queries.
    """
    present = (journey or submission.journey()).present()
    rows = [[spot.question, spot.row, value] for spot, value in present.items()]
    text = json.dumps([submission.version.hash, rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def answers_of(submission: Submission, journey: Journey | None = None) -> dict[str, tuple[str, ...]]:
    """Return the normalised answers by question key, all rows of a repeating group together."""
    found: dict[str, tuple[str, ...]] = {}
    journey = journey or submission.journey()
    for spot, value in journey.present().items():
        question = journey.document.question(spot.question)
        found[spot.question] = found.get(spot.question, ()) + normalized_texts(question, value)
    return found


def fee_rows_of(journey: Journey, group_id: str) -> list[FeeRow]:
    """Return the answered rows of a repeated group; a row sees its own answers, and all of the other groups'."""
    present = list(journey.present().items())
    document = journey.document
    group = document.group(group_id)
    own = {question.id for question in group.questions}
    rows = sorted({spot.row for spot, _ in present if spot.question in own})

    def seen_from(row: int, asked: str) -> tuple[str, ...]:
        return tuple(
            text
            for spot, value in present
            if spot.question == asked and (asked not in own or spot.row == row)
            for text in normalized_texts(document.question(asked), value)
        )

    names = [group.repeat.row_name(place) if group.repeat else group.title for place in range(1, len(rows) + 1)]
    return [FeeRow(name, partial(seen_from, row)) for name, row in zip(names, rows, strict=True)]


def summary_rows(submission: Submission, journey: Journey | None = None) -> Iterator[SummaryRow]:
    """Yield the answers as display text, in the order of the form."""
    for _, rows in (journey or submission.journey()).summary():
        yield from rows


def _one_line(text: str) -> str:
    """Return a name as a mail header may hold it: line breaks and control characters become blanks."""
    return _CONTROL.sub(" ", text).strip()


def delivery_of(rows: Iterable[SummaryRow]) -> str:
    """Return how the applicant chose to receive the result (受け取り方), with the place; "" where nothing is asked."""
    said = [
        row.text for row in rows if row.text and (row.question.id in _DELIVERY or "受け取り方" in row.question.label)
    ]
    return "、".join(dict.fromkeys(said))[:200]


def source_labels(submission: Submission) -> dict[AnswerKey, str]:
    """Return the author (記入者の区分) of each answer that somebody else than the writer of the application wrote."""
    usual = {submission.draft.answer_source, AnswerSource.OFFICE, AnswerSource.CALCULATED}
    return {key: str(source.label) for key, source in answer_sources(submission).items() if source not in usual}


def office_rows(submission: Submission) -> list[SummaryRow]:
    """Return the answers of the questions that only staff fill in (職員の記入)."""
    rows = [row for _, rows in submission.journey(staff=True).summary() for row in rows]
    return [row for row in rows if row.question.required is Required.STAFF and row.text]


def applicant_of(submission: Submission, journey: Journey | None = None) -> Applicant:
    """Return the applicant of a submission."""
    first: dict[QuestionKind, SummaryRow] = {}
    rows = list(summary_rows(submission, journey))
    for row in rows:
        if row.text:
            first.setdefault(row.question.kind, row)
    name, email, address = (first.get(kind) for kind in (QuestionKind.NAME, QuestionKind.EMAIL, QuestionKind.ADDRESS))
    parts = name.value if name and isinstance(name.value, dict) else {}
    joined = [
        " ".join(filter(None, (_one_line(parts.get(a, "")), _one_line(parts.get(b, ""))))) for a, b in _NAME_PARTS
    ]
    where = address.text if address else ""
    return Applicant(
        joined[0],
        joined[1],
        mail_address(email.text) if email else "",
        where,
        alternative_name(parts),
        delivery_of(rows),
    )


_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_DELIVERY = frozenset({"delivery", "counter_place", "counter_office"})
_NAME_PARTS = (("family", "given"), ("family_kana", "given_kana"))
