"""Round disposal 選考の編てつ・廃棄: an ended round is filed as a record; once disposed of, who applied is erased.

Counts, hashes, states and times stay. An application keeps its own file and its own period of retention.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.models import User
from todoke.admissions.models import (
    ApplicantChild,
    ChildScore,
    CorrectedPlacement,
    Directive,
    HandRecount,
    Household,
    LeftOutApplication,
    OpenPointSignature,
    Placement,
    PlacementCorrection,
    PlacementLetter,
    PlacementRun,
    Preference,
    ReplayDifference,
    ScoreLine,
    ScoringFact,
    SelectionRound,
    SubmittedPaper,
)
from todoke.audit.log import record
from todoke.japanese.calendar import today
from todoke.notices.notice_erasure import erase_about
from todoke.records.classification_table import CASES
from todoke.records.models import ClassificationTable, RecordFile
from todoke.records.models.file import FiledDocument
from todoke.records.tasks import delete_file_content

MATTER = "利用調整"
GONE = "(廃棄済み)"
NO_DAY = date(1900, 1, 1)


def record_number(of: SelectionRound) -> str:
    """Return the number under which a round is filed."""
    return f"利調{of.month:%Y%m}-{of.pk}"


@transaction.atomic
def file_round(of: SelectionRound, *, by: Actor) -> RecordFile:
    """編てつ: file an ended round, once; its numbers and hashes, no child's name."""
    run = of.runs.exclude(adopted_at=None).first()
    figures = run.figures if run else {}
    shown = {"申込児童": "new_applicants", "内定": "new_placed", "転園": "transfers_moved", "席": "seats"}
    lines = [f"{words}: {figures[key]}" for words, key in shown.items() if key in figures]
    lines += [f"基準: 第{of.rule_version.number}版 {of.rule_version.basis}", f"抽選の種の照合値: {of.seed_hash}"]
    return RecordFile.file_matter(
        number=record_number(of),
        title=f"{of.scheme.name} {of.title}",
        kind=MATTER,
        outcome=of.get_status_display(),
        classification=ClassificationTable.on(today()).line_for(CASES, MATTER),
        department=of.scheme.department,
        closed_on=today(),
        documents=[FiledDocument("選考の記録", "\n".join(lines), run.files["bundle"]["sha256"] if run else "")],
        by=by,
    )


@transaction.atomic
def end_round(of: SelectionRound, *, by: User) -> None:
    """選考の終了: end a round whose families have answered, and file it. Raises NotAllowed, Refused."""
    of.end(by=by)
    file_round(of, by=by)


@transaction.atomic
def erase_round(file: RecordFile, *, by: Actor) -> None:
    """廃棄: erase who applied in the round of a file and everything said of them; nothing for another file."""
    of = _round_of(file)
    if of is None:
        return
    for run in of.runs.all():
        for each in run.files.values():
            delete_file_content.enqueue(each["path"])
        figures = {key: value for key, value in run.figures.items() if key not in {"edge", "blocking"}}
        PlacementRun.objects.filter(pk=run.pk).update(files={}, changes={}, figures=figures, problem="")
    _erase_answers(of)
    _erase_words(of)
    children = ApplicantChild.objects.filter(round=of)
    children.exclude(withdrawal="").update(withdrawal=GONE)
    children.update(name=GONE, born_on=NO_DAY)
    Household.objects.filter(round=of).update(name=GONE, address="", applicant=None)
    erase_about(notices_about(of))
    SelectionRound.objects.filter(pk=of.pk).update(disposed_at=timezone.now())
    record(of, "選考の廃棄", by=by)


def notices_about(of: SelectionRound) -> str:
    """Return the subject under which the notices of a round are kept."""
    return f"{MATTER} {of.pk}"


def _round_of(file: RecordFile) -> SelectionRound | None:
    number = file.number.rpartition("-")[2]
    found = SelectionRound.objects.filter(pk=number).first() if file.kind == MATTER and number.isdecimal() else None
    return found if found is not None and record_number(found) == file.number else None


def _erase_answers(of: SelectionRound) -> None:
    children = ApplicantChild.objects.filter(round=of).values("pk")
    for rows in (ScoreLine.objects, ChildScore.objects, Preference.objects):
        rows.filter(child__in=children).delete()
    ScoringFact.objects.filter(household__round=of).delete()
    HandRecount.objects.filter(round=of).delete()
    SubmittedPaper.objects.filter(round=of).delete()


def _erase_words(of: SelectionRound) -> None:
    Directive.objects.filter(round=of).update(sealed_text="", reason=Directive.Reason.OTHER)
    Directive.objects.filter(round=of).exclude(withdrawal="").update(withdrawal=GONE)
    LeftOutApplication.objects.filter(round=of).update(reason=GONE)
    OpenPointSignature.objects.filter(round=of).update(reason=GONE)
    Placement.objects.filter(round=of).update(reasons=[])
    PlacementLetter.objects.filter(placement__round=of).update(content={})
    PlacementCorrection.objects.filter(round=of).update(reason=GONE)
    CorrectedPlacement.objects.filter(correction__round=of).delete()
    ReplayDifference.objects.filter(run__round=of).delete()
