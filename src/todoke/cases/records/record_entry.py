"""Record entry 編てつ: files every closed case and every other decision as a record."""

from collections.abc import Iterator

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.approvals.decision_history import history_of
from todoke.approvals.dossier_sections import sections_of
from todoke.approvals.models import Proposal
from todoke.cases.answers import office_rows, source_labels, summary_rows
from todoke.cases.correction.seen_originals import seen_originals, with_originals
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.japanese.calendar import business_date, format_era_date, today
from todoke.records.classification_table import CASES, DECISIONS
from todoke.records.models import ClassificationTable, RecordFile
from todoke.records.models.file import FiledDocument


def _marks(proposal: Proposal) -> FiledDocument:
    marks = [
        f"{mark.kind} {mark.place} {mark.person} {mark.capacity} {mark.outcome} {mark.opinion}".strip()
        for mark in history_of(proposal)
        if mark.person
    ]
    return FiledDocument("決裁欄", "\n".join(marks), proposal.dossier_hash)


def _answer_lines(case: Case) -> Iterator[str]:
    """Yield each answer as filed, with its author where that is not the writer of the application."""
    sources = source_labels(case.submission)
    for row in with_originals(summary_rows(case.submission), seen_originals(case)):
        label = sources.get(AnswerKey(row.question.id, row.row))
        yield f"{row.heading} {row.label}: {row.text}{f'({label})' if label and row.text else ''}".strip()


def documents_of(case: Case) -> list[FiledDocument]:
    """Return the documents to file: the application as it stood, the decision, and its history."""
    answers = "\n".join(_answer_lines(case))
    papers = "\n".join(case.submission.uploads.current().values_list("name", flat=True))
    found = [FiledDocument("申請書", f"申請者: {case.applicant_name}\n{answers}", case.body_hash)]
    if entries := office_rows(case.submission):
        found.append(
            FiledDocument("職員の記入", "\n".join(f"{row.heading} {row.label}: {row.text}".strip() for row in entries))
        )
    if papers:
        found.append(FiledDocument("添付書類の一覧", papers))
    found += _conversations(case)
    found.append(FiledDocument("決定", f"{case.get_status_display()}\n{case.decision_reason}".strip()))
    if case.proposal is not None:
        found.append(_marks(case.proposal))
    return found


def _conversations(case: Case) -> list[FiledDocument]:
    written = [f"{message.get_sender_display()}: {message.text}" for message in case.messages.all()]
    asked = [
        f"{opinion.department}への照会: {opinion.question}\n回答: {opinion.answer or 'なし'}"
        for opinion in case.opinions.select_related("department")
    ]
    parts = {"申請者とのやりとり": written, "意見照会": asked}
    return [FiledDocument(name, "\n".join(lines)) for name, lines in parts.items() if lines]


@transaction.atomic
def file_case(case: Case, *, by: Actor) -> RecordFile:
    """File a closed case, once; return the record."""
    closed_on = business_date(case.decided_at) if case.decided_at else today()
    return RecordFile.file_matter(
        number=case.number,
        title=f"{case.title}({format_era_date(case.received_on)}受付)",
        kind=case.title,
        outcome=case.get_status_display(),
        classification=ClassificationTable.on(closed_on).line_for(CASES, case.release.matter),
        department=case.department,
        closed_on=closed_on,
        documents=documents_of(case),
        by=by,
    )


@transaction.atomic
def file_decision(proposal: Proposal, *, by: Actor) -> RecordFile:
    """File a settled proposal without a case, once, under its own number (起案文書の編てつ)."""
    sections = sections_of(proposal.dossier.content)
    closed_on = business_date(proposal.settled_at) if proposal.settled_at else today()
    lines = [
        line
        for section in sections
        for line in (
            section.title,
            *(f"{label}: {text}" for label, text in section.rows),
            *("、".join(cells) for cells in section.lines),
        )
    ]
    return RecordFile.file_matter(
        number=proposal.number,
        title=proposal.title,
        kind="起案文書",
        outcome=proposal.get_status_display(),
        classification=ClassificationTable.on(closed_on).line_for(DECISIONS, proposal.kind),
        department=proposal.department,
        closed_on=closed_on,
        documents=[FiledDocument("伺い文", "\n".join(lines), proposal.dossier_hash), _marks(proposal)],
        by=by,
    )
