"""Letter data 通知書の内容: what a letter says, from the texts of a release and the answers of a case or a sample."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings

from todoke.approvals.models import Proposal
from todoke.cases.answers import Applicant, applicant_of
from todoke.cases.decision.decision_words import decided_noun
from todoke.cases.models import Case, DecisionDraft
from todoke.cases.models.status import Status
from todoke.design.municipality import municipality
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.question_types import display_text
from todoke.formbuilder.document.structure import Document, Question, QuestionKind
from todoke.japanese.calendar import business_date, format_era_date, today
from todoke.offers.letter_places import answer_labels, filled
from todoke.offers.models import LetterText
from todoke.organization.models import Department

KINDS = {Status.GRANTED: "grant", Status.PARTLY: "partly", Status.REFUSED: "refuse"}
_CASE = ("case__release__offer__procedure", "case__submission__version", "case__department")
UNANSWERED = "なし"
SAMPLE_NUMBER = "0000-000000-0"


class LetterFacts(NamedTuple):
    """通知書の事実: what a letter takes from the case itself; ``decision`` is in words."""

    number: str
    procedure: str
    received: str
    decision: str
    applicant: str
    department: Department
    reason: str = ""


def answer_texts(journey: Journey, codes: Iterable[str]) -> dict[str, str]:
    """Return the answers to quote by the ids of their questions, every row of a repetition, in the order of the form.

    A name is quoted without its reading; what was not answered or not asked is なし.
    """
    known = journey.document.by_id
    found: dict[str, list[str]] = {code: [] for code in codes if code in known}
    for spot, value in journey.for_staff().present().items():
        if spot.question in found:
            found[spot.question].append(_quoted(journey.document.question(spot.question), value))
    return {code: "、".join(texts) or UNANSWERED for code, texts in found.items()}


def _quoted(question: Question, value: Any) -> str:
    if question.kind is QuestionKind.NAME and isinstance(value, Mapping):
        return " ".join(filter(None, (value.get("family", "").strip(), value.get("given", "").strip())))
    return display_text(question, value)


def letter_data(text: LetterText, facts: LetterFacts, journey: Journey, applicant: Applicant) -> dict[str, Any]:
    """Return the data of a letter for ``render_letter``: every place filled in, and the answers that it lists."""
    labels = answer_labels(journey.document)
    answers = answer_texts(journey, labels)
    values = {
        **answers, "received": facts.received, "procedure": facts.procedure, "number": facts.number,
        "applicant": facts.applicant, "decision": facts.decision,
    }  # fmt: skip
    quoted = [(labels[code], answers[code]) for code in text.quoted if code in labels]
    rows = [("手続", facts.procedure), ("受付番号", facts.number), ("受付日", facts.received), *quoted]
    return {
        "title": text.title,
        "number": facts.number,
        "date": format_era_date(today()),
        "sender": f"{municipality().name}長",
        "recipient": facts.applicant,
        "recipient_plain": applicant.plain,
        "address": applicant.address,
        "opening": filled(text.opening, values).splitlines(),
        "rows": [{"label": label, "value": [value]} for label, value in [*rows, ("決定", facts.decision)]],
        "reasons": facts.reason.splitlines(),
        "appeal": filled(text.appeal, values).splitlines(),
        "contact": f"{facts.department.name} {facts.department.phone}".strip(),
        "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
    }


def letter_of_case(case: Case, outcome: str, reason: str) -> dict[str, Any] | None:
    """Return the data of the letter that a decision on a case makes; None where its release has no such letter."""
    text = case.release.letters.filter(kind=KINDS.get(Status(outcome), "")).first()
    if text is None:
        return None
    journey = case.submission.journey()
    received = format_era_date(business_date(case.received_at))
    decision = decided_noun(outcome, text.title, case.title)
    facts = LetterFacts(
        case.number, case.title, received, decision, case.applicant_name, case.department, reason
    )  # fmt: skip
    return {"kind": text.kind, **letter_data(text, facts, journey, applicant_of(case.submission, journey))}


def letter_of_proposal(proposal: Proposal) -> dict[str, Any] | None:
    """Return the letter that a proposal makes when it is approved; None for one that makes none, or was decided.

    It is for a page: without the address, which some who read it may not see.
    """
    drafts = DecisionDraft.objects.select_related(*_CASE).filter(proposal=proposal)
    ruling = drafts.last() if proposal.status == Proposal.Status.CIRCULATING else None
    found = letter_of_case(ruling.case, ruling.outcome, ruling.reason) if ruling else None
    return found and {**found, "address": "", "recipient_plain": ""}


def sample_letter(text: LetterText, document: Document, procedure: str, department: Department) -> dict[str, Any]:
    """Return a letter of a sample case (見本), whose answers are the sample answers of the form."""
    on = today()
    journey = Journey(document, sample_answers(document, on), on)
    decision = {"grant": Status.GRANTED, "partly": Status.PARTLY}.get(text.kind, Status.REFUSED)
    facts = LetterFacts(
        SAMPLE_NUMBER, procedure, format_era_date(on), decided_noun(decision, text.title, procedure), "見本 花子",
        department, "" if decision is Status.GRANTED else "(ここに理由が入ります)",
    )  # fmt: skip
    address = "東京都千代田区千代田1-1"
    data = letter_data(text, facts, journey, Applicant(name="見本 花子", address=address))
    return {**data, "synthetic": "見本(公開前の案です。効力はありません)"}
