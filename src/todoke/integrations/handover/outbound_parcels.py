"""Outgoing parcels 渡す便: which applications and states wait for a line, and the file that is made of them.

An application goes once; what happens to it afterwards, on either side, goes as a state. Left out are the individual
number (個人番号) and cases that name a protected person (支援措置), which stay for a later parcel.
"""

import tempfile
from pathlib import Path, PurePosixPath
from typing import Any, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, transition
from todoke.cases.models import Case, CaseEvent
from todoke.cases.models.stop_flag import flagged_cases
from todoke.formbuilder.answers.page_form import as_typed
from todoke.formbuilder.document.structure import AGENT_ROLE, CHANNEL, QuestionKind
from todoke.integrations.handover.manifest import Manifest, digest_of
from todoke.integrations.handover.parcel_file import ParcelWriter, written
from todoke.integrations.models import HandoverLine, Parcel, ParcelRow
from todoke.integrations.models.handover_line import require_carrier
from todoke.integrations.scopes import Scope
from todoke.jobs.backend import task_named
from todoke.runtime.refusals import Conflict, NotYet

MOST, STEP, AT_ONCE = 20_000, 50, 500
"""Records of one parcel, those between two notes of progress, and those written at once."""
FOLDER = "parcels"
MAKE = "todoke.integrations.tasks.make_parcel"
LEFT_OUT = {QuestionKind.MY_NUMBER, QuestionKind.FILE}
BY_AGENT = Q(submission__agent_role__in=("legal", "mandate"))
ALL_PROTECTED = "支援措置が登録されている人の案件だけだったため、便を作りませんでした。担当課に確かめてください。"
NOTHING = "渡すものは、ありません。案件が届くか動くと、ここに数が出ます。"


def waiting_applications(line: HandoverLine) -> QuerySet[Case]:
    """Return the open cases of the line's department that neither went nor came by the line."""
    machine = line.machine_for(Scope.ANSWERS)
    mine = Case.objects.visible_to(machine.user).open().filter(department=line.partner.department_id)
    return mine.exclude(pk__in=_known(line).values("case")).exclude(BY_AGENT).order_by("pk")


def kept_back(line: HandoverLine) -> QuerySet[Case]:
    """Return the open applications by agents (代理) that stay here: a parcel does not carry who the agents are."""
    return Case.objects.open().filter(BY_AGENT, department=line.partner.department_id)


def waiting_states(line: HandoverLine) -> QuerySet[Case]:
    """Return the cases that the other side knows and that moved since, with ``told`` and ``last``, events by id."""
    machine = line.machine_for(Scope.STATUS)
    rows = _known(line).filter(case=OuterRef("pk")).order_by().values("case").annotate(told=Max("up_to"))
    events = CaseEvent.objects.filter(case=OuterRef("pk"), audience=CaseEvent.Audience.ALL)
    last = events.order_by().values("case").annotate(last=Max("pk"))
    found = Case.objects.visible_to(machine.user).filter(pk__in=_known(line).values("case"))
    counted = found.annotate(told=Subquery(rows.values("told")), last=Subquery(last.values("last")))
    return counted.filter(last__gt=F("told")).order_by("pk")


def _known(line: HandoverLine) -> QuerySet[ParcelRow]:
    """Return the rows by which the other side knows a case, or this side one of theirs."""
    there = ParcelRow.objects.filter(parcel__line=line, case__isnull=False, refusal="")
    return there.exclude(parcel__status=Parcel.Status.CANCELLED)


def begin_parcel(line: HandoverLine, *, by: User) -> Parcel:
    """Choose what waits and order its parcel (便の作成). Raises NotAllowed, NotYet where nothing waits, Conflict."""
    require_carrier(by)
    try:
        with transaction.atomic():
            made = Parcel.objects.create(
                line=line, direction=Parcel.Direction.OUT, status=Parcel.Status.MAKING, begun_by=by
            )
            made.total = _choose(made)
            if not made.total:
                raise NotYet(NOTHING)
            made.save(update_fields=["total"])
            log.record(made, "引渡しの便の作成", by=by, after={"経路": line.name, "件数": made.total})
            task_named(MAKE).enqueue(made.pk)
            return made
    except IntegrityError:
        raise Conflict("この経路の便を、いま作っています。できてから、次の便を作ってください。") from None


def _choose(parcel: Parcel) -> int:
    """Note which records a parcel has; return how many."""
    kinds = ParcelRow.Kind
    cases = waiting_applications(parcel.line).annotate(last=Max("events__pk")).values_list("pk", "number", "last")
    chosen = [
        ParcelRow(kind=kinds.APPLICATION, case_id=pk, number=no, up_to=last or 0) for pk, no, last in cases[:MOST]
    ]
    if Scope.STATUS in parcel.line.partner.allowed:
        waiting: Any = waiting_states(parcel.line)
        moved = waiting.values_list("pk", "number", "told", "last")
        chosen += [
            ParcelRow(kind=kinds.STATE, case_id=pk, number=no, since=told, up_to=last)
            for pk, no, told, last in moved[: MOST - len(chosen)]
        ]
    for position, row in enumerate(chosen, 1):
        row.parcel, row.position = parcel, position
    ParcelRow.objects.bulk_create(chosen, batch_size=AT_ONCE)
    return len(chosen)


def make_file(parcel_id: int) -> None:
    """Write, number, sign and store the file of a parcel; idempotent. Killed, it is made anew from the start."""
    parcel = Parcel.objects.select_related("line__partner__department", "begun_by").get(pk=parcel_id)
    if parcel.status != Parcel.Status.MAKING:
        return
    _withhold_flagged(parcel)
    if not parcel.total:
        transition(parcel, Parcel.Status.CANCELLED, problem=ALL_PROTECTED, ended_at=timezone.now())
        return
    last = Parcel.objects.outgoing().filter(line=parcel.line).order_by("-sequence").exclude(sequence=None).first()
    sequence, previous = (last.sequence or 0) + 1 if last else 1, last.manifest if last else ""
    with tempfile.TemporaryDirectory(prefix="todoke-parcel-") as folder:
        path = Path(folder) / "parcel.zip"
        with written(path, Path(folder), sanitised_by=parcel.line.sanitised_by) as writer:
            if not _write_records(parcel, writer):
                return
            made = writer.finish(
                line=parcel.line.name, sequence=sequence, previous=previous, made_at=timezone.now().isoformat()
            )
        _seal(parcel, made, path)


def _withhold_flagged(parcel: Parcel) -> None:
    """Take out cases that name a person protected today; they wait for a later parcel."""
    flagged = flagged_cases(Case.objects.filter(parcel_rows__parcel=parcel).distinct())
    parcel.rows.filter(case__in=flagged).delete()
    parcel.total = parcel.rows.count()
    compare_and_set(parcel, {"status": Parcel.Status.MAKING}, total=parcel.total, done=0)


def _write_records(parcel: Parcel, writer: ParcelWriter) -> bool:
    """Write every record; False when somebody gave the parcel up meanwhile."""
    related = ("case__release__offer", "case__submission__version", "case__department")
    rows = parcel.rows.exclude(case=None).select_related(*related).order_by("position")
    for done, row in enumerate(rows.iterator(AT_ONCE), 1):
        case = cast(Case, row.case)
        if row.kind == ParcelRow.Kind.APPLICATION:
            writer.add_record("applications", _application(case, writer))
        else:
            writer.add_record("states", _state(row, case, parcel.line))
        if done % STEP == 0 and not compare_and_set(parcel, {"status": Parcel.Status.MAKING}, done=done):
            return False
    return True


def _application(case: Case, writer: ParcelWriter) -> dict[str, object]:
    submission = case.submission
    document = submission.document
    answers = {
        key: value
        for key, value in submission.journey().present().items()
        if key.question not in {AGENT_ROLE, CHANNEL} and document.question(key.question).kind not in LEFT_OUT
        and document.question(key.question).formula is None
    }  # fmt: skip
    papers = [
        {
            "question": each.question, "row": each.row, "name": each.name,
            "path": writer.add_paper(each.open().read(), PurePosixPath(each.name).suffix.lower(), each.media_type),
        }
        for each in submission.uploads.current()
    ]  # fmt: skip
    return {
        "number": case.number, "service": case.release.offer.code, "answers": as_typed(answers), "papers": papers,
        "received_at": case.received_at.isoformat(), "status": case.status,
    }  # fmt: skip


def _state(row: ParcelRow, case: Case, line: HandoverLine) -> dict[str, object]:
    """Return what happened to a case since it was told last; ``owner`` says whose number it is named by."""
    came = ParcelRow.objects.filter(
        parcel__line=line, parcel__direction=Parcel.Direction.IN, kind=ParcelRow.Kind.APPLICATION, case=case, refusal=""
    ).first()  # fmt: skip
    events = CaseEvent.objects.filter(
        case=case, audience=CaseEvent.Audience.ALL, pk__gt=row.since, pk__lte=row.up_to
    ).order_by("pk")
    return {
        "number": came.number if came else case.number,
        "owner": "receiver" if came else "sender",
        "status": case.status,
        "events": [
            {"at": event.at.isoformat(), "act": event.act, "reason": event.reason[:500]} for event in events
        ],
    }  # fmt: skip


def _seal(parcel: Parcel, made: Manifest, path: Path) -> None:
    """Store the file, and give the parcel its number in the same transaction as its state."""
    with path.open("rb") as file:
        stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}.zip", File(file))
    facts: dict[str, Any] = {
        "sequence": made.sequence, "previous": made.previous, "manifest": digest_of(made.as_bytes()), "path": stored,
        "made_at": timezone.now(), "done": parcel.total,
    }  # fmt: skip
    try:
        with transaction.atomic():
            won = transition(parcel, Parcel.Status.MADE, **facts)
    except IntegrityError:
        won = False
    if not won:
        default_storage.delete(stored)
