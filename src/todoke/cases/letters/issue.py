"""Lettering 通知書づくり: drawn up with the decision, made by a job, held where a stop flag says so."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.answers import applicant_of, summary_rows
from todoke.cases.applicant_notices import tell
from todoke.cases.models import Case, Letter
from todoke.cases.models.letter import StopFlag, person_key
from todoke.cases.models.status import Delivery
from todoke.cases.tasks import make_letter
from todoke.formbuilder.answers.name_spellings import plain_name
from todoke.formbuilder.document.structure import Kind
from todoke.japanese.calendar import business_date, in_era, today
from todoke.runtime.refusals import Conflict

KINDS = {Case.Status.GRANTED: "grant", Case.Status.PARTLY: "partly", Case.Status.REFUSED: "refuse"}


def people_in(case: Case) -> list[str]:
    """Return every name that an application gives: the applicant and whomever it concerns."""
    names = [case.applicant_name]
    for row in summary_rows(case.submission):
        if row.question.kind is Kind.NAME and isinstance(row.value, dict):
            names += [f"{row.value.get('family', '')}{row.value.get('given', '')}", plain_name(row.value)]
    return [name for name in names if name.strip()]


def flagged(cases: Iterable[Case]) -> set[int]:
    """Return which cases name a person under a stop flag (支援措置); the flags are read once for all of them."""
    keys = set(StopFlag.objects.in_force().values_list("key", flat=True))
    return {case.pk for case in cases if keys and keys & {person_key(name) for name in people_in(case)}}


def is_flagged(case: Case) -> bool:
    """Tell whether a case names a person under a stop flag."""
    return bool(flagged([case]))


@transaction.atomic
def draw_up(case: Case, *, by: Actor) -> Letter | None:
    """Freeze what the letter of a decision says, and let a job make it; hold it when it names a flagged person."""
    text = case.release.letters.filter(kind=KINDS.get(Case.Status(case.status), "")).first()
    if text is None:
        tell(case, "case-decided", by=by)
        return None
    applicant = applicant_of(case.submission)
    received = in_era(business_date(case.received_at))
    lines = text.opening.replace("{received}", received).replace("{procedure}", case.title).splitlines()
    data = {
        "title": text.title,
        "number": case.number,
        "date": in_era(today()),
        "sender": f"{settings.MUNICIPALITY}長",
        "recipient": case.applicant_name,
        "recipient_plain": applicant.plain,
        "address": applicant.address,
        "opening": lines,
        "rows": [
            {"label": "手続", "value": [case.title]},
            {"label": "受付番号", "value": [case.number]},
            {"label": "受付日", "value": [received]},
            {"label": "決定", "value": [case.get_status_display()]},
        ],
        "reasons": case.decision_reason.splitlines(),
        "appeal": text.appeal.splitlines(),
        "contact": f"{case.department.name} {case.department.phone}".strip(),
        "synthetic": "デモ(架空の区の見本です。効力はありません)" if settings.DEMO else "",
    }
    held = is_flagged(case)
    letter = Letter.objects.create(case=case, kind=text.kind, data=data, held_at=timezone.now() if held else None)
    case.deliver(Delivery.HELD if held else Delivery.MAKING)
    log.record(letter, "通知書の作成", by=by, after=data)
    if held:
        case.note_passage("通知書の留め置き", by=System(), audience="office")
    else:
        make_letter.enqueue(letter.pk)
    return letter


@transaction.atomic
def let_go(letter: Letter, *, reason: str, by: User) -> None:
    """Let a held letter out after a person has looked (留め置きの解除)."""
    letter.let_go(reason=reason, by=by)
    letter.case.deliver(Delivery.MAKING)
    make_letter.enqueue(letter.pk)


@transaction.atomic
def try_again(letter: Letter, *, by: User) -> None:
    """Make a letter again that could not be printed (作成のやり直し)."""
    letter.case.only_office(by)
    if not Letter.objects.filter(pk=letter.pk, made_at__isnull=True).exclude(problem="").update(problem=""):
        raise Conflict("この通知書は、作り直す必要がありません。")
    letter.case.deliver(Delivery.MAKING)
    make_letter.enqueue(letter.pk)
