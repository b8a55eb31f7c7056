"""Incoming parcels 受け取る便: registered in the order of their line, checked whole, and taken in record by record.

Each record is one transaction with its own row, so that a worker that dies goes on with the next one: what is there is
not done again, and what is not there is done. The receipt is written after the last.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import get_random_string

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, transition
from todoke.cases.models import Case
from todoke.formbuilder.answers.page_form import as_typed
from todoke.formbuilder.submission_errors import SubmissionIncomplete
from todoke.integrations.handover.manifest import Manifest, digest_of
from todoke.integrations.handover.parcel_file import manifest_of, records_of, unpacked
from todoke.integrations.handover.receipts import NOTED, Receipt, write_receipt
from todoke.integrations.models import HandedIn, HandoverLine, MachineAccount, Parcel, ParcelRow
from todoke.integrations.models.handover_line import require_carrier
from todoke.integrations.scopes import Scope
from todoke.integrations.sent_applications import SentApplication, SentFile, accept_once
from todoke.integrations.state_changes import set_status
from todoke.jobs.backend import task_named
from todoke.records.tasks import delete_file_content
from todoke.runtime.refusals import Conflict, NotYet, Refused, Unreadable

FOLDER, STEP, NAMED = "parcels", 20, 3
TAKE = "todoke.integrations.tasks.take_parcel"
WHY = "引渡しの便で受け取った"
Record = tuple[int, str, dict[str, Any]]


class NotItsTurn(Conflict):
    """まだ取り込めない便: an earlier one of its line is lacking, or is being taken in; later it can come."""


def register_parcel(line: HandoverLine, path: Path, *, by: User) -> tuple[Parcel, bool]:
    """Register a parcel that a person brings (便の受取り), and order that it is taken in; return it.

    The very same parcel again is the one that is there, whose receipt holds: then True is returned beside it. Raises
    NotAllowed, NotItsTurn for a gap or while another is taken in, Conflict for another one of the same number,
    Unreadable for what is not signed by the other side or holds papers that were not sanitised.
    """
    require_carrier(by)
    line.machine_for(Scope.SUBMIT)
    found = manifest_of(path, line.key)
    if same := Parcel.objects.arrived().filter(line=line, manifest=digest_of(found.as_bytes())).first():
        return same, True
    _require_place(line, found)
    if line.only_sanitised and (names := found.unsanitised):
        raise Unreadable(
            f"無害化していない書類が {len(names):,}件あります({'、'.join(names[:NAMED])})。何も取り込んでいません。"
            "相手に、無害化してから作り直すように頼んでください。"
        )
    with path.open("rb") as file:
        stored = default_storage.save(f"{FOLDER}/{get_random_string(32)}.zip", File(file))
    try:
        with transaction.atomic():
            made = Parcel.objects.create(
                line=line, direction=Parcel.Direction.IN, status=Parcel.Status.TAKING, sequence=found.sequence,
                previous=found.previous, manifest=digest_of(found.as_bytes()), begun_by=by, total=found.records,
                path=stored,
            )  # fmt: skip
            log.record(
                made, "引渡しの便の受取り", by=by, after={"経路": line.name, "便": made.name, "件数": made.total}
            )
            task_named(TAKE).enqueue(made.pk)
            return made, False
    except IntegrityError:
        default_storage.delete(stored)
        raise NotItsTurn("この経路の便を、いま取り込んでいます。終わってから、次の便を受け取ってください。") from None


def _require_place(line: HandoverLine, found: Manifest) -> None:
    """Check that a parcel is the next of its line. Raises Conflict."""
    arrived = Parcel.objects.arrived().filter(line=line)
    if found.line != line.name:
        raise Conflict(f"これは経路「{found.line}」の便です。経路「{line.name}」では受け取れません。")
    last = arrived.order_by("-sequence").first()
    wanted = (last.sequence or 0) + 1 if last else 1
    if found.sequence > wanted:
        raise NotItsTurn(
            f"第{found.sequence}便の前に、第{wanted}便が要ります。第{wanted}便から順に受け取ってください。"
        )
    if found.sequence < wanted:
        raise Conflict(f"第{found.sequence}便は、違う内容のものを受け取っています。相手に、番号を確かめてください。")
    if found.previous != (last.manifest if last else ""):
        raise Conflict(f"第{found.sequence}便は、受け取った前の便に続いていません。相手に、順番を確かめてください。")


def take_in(parcel_id: int) -> None:
    """Take in every record of a parcel that is not there yet, and write the receipt; idempotent."""
    parcel = Parcel.objects.select_related("line__partner__department", "begun_by").get(pk=parcel_id)
    if parcel.status != Parcel.Status.TAKING:
        return
    with tempfile.TemporaryDirectory(prefix="todoke-parcel-") as name:
        folder = Path(name)
        try:
            unpacked(_local(parcel, folder), parcel.line.key, folder)
            machine = parcel.line.machine_for(Scope.SUBMIT)
        except (NotYet, Unreadable) as refused:
            _end(parcel, Parcel.Status.MISMATCHED, problem=str(refused))
            return
        for position, kind, record in islice(_records(folder), parcel.rows.count(), None):
            if not _take(parcel, machine, (position, kind, record), folder):
                return
            if position % STEP == 0:
                compare_and_set(parcel, {"status": Parcel.Status.TAKING}, done=position)
    _finish(parcel)


def _local(parcel: Parcel, folder: Path) -> Path:
    """Return a copy of the stored file on this machine."""
    path = folder / "parcel.zip"
    with default_storage.open(parcel.path) as stored, path.open("wb") as copy:
        for block in stored.chunks():
            copy.write(block)
    return path


def _records(folder: Path) -> Iterator[Record]:
    position = 0
    for kind in ("applications", "states"):
        for record in records_of(folder, kind):
            position += 1
            yield position, kind, record


def _take(parcel: Parcel, machine: MachineAccount, record: Record, folder: Path) -> bool:
    """Do what a record says, once, and note it; False where another worker does it at this moment."""
    position, kind, told = record
    number = str(told.get("number", ""))[:40]
    kinds = {"applications": ParcelRow.Kind.APPLICATION, "states": ParcelRow.Kind.STATE}
    try:
        with transaction.atomic():
            row = ParcelRow(parcel=parcel, position=position, kind=kinds[kind], number=number)
            try:
                with transaction.atomic():
                    is_new = kind == "applications"
                    row.case = accept_application(machine, number, told, folder) if is_new else _follow(machine, told)
                    row.up_to = row.case.events.aggregate(last=Max("pk"))["last"] or 0
            except Refused as refused:
                row.case, row.up_to, row.refusal = None, 0, _said(refused)
            row.save()
    except IntegrityError:
        return False
    return True


def _said(refused: Refused) -> str:
    """Return a refusal in one sentence; what is missing is named by question, without what was answered."""
    if isinstance(refused, SubmissionIncomplete):
        named = "、".join(f"{problem.question}: {problem.message}" for problem in refused.problems[:NAMED])
        return f"{refused} {named}"[:500]
    return str(refused)[:500]


def accept_application(machine: MachineAccount, number: str, told: dict[str, Any], folder: Path) -> Case:
    """Make one case of an application. Raises Unreadable where an answer has no place here, and as the intake does."""
    try:
        papers = tuple(_paper(each, folder) for each in told["papers"])
        answers = {str(name): value for name, value in told["answers"].items()}
        at = datetime.fromisoformat(told["received_at"])
        sent = SentApplication(str(told["service"]), answers, papers, at, f"{WHY}(渡した側の受付番号 {number})")
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as problem:
        raise Unreadable("申請の記録の書き方が違います。相手の届けの版を確かめてください。") from problem
    case, _ = accept_once(machine, sent, key=key_of_case(number), told=False)
    there = as_typed(case.submission.journey().present())
    if lost := sorted(name for name, value in answers.items() if value and name not in there):
        raise Unreadable(
            f"こちらの様式に置き場のない回答があります({'、'.join(lost[:NAMED])})。様式の版を確かめてください。"
        )
    return case


def key_of_case(number: str) -> str:
    """Return the retry key of an application by the sender's number."""
    return f"引渡し {number}"


def _paper(told: dict[str, Any], folder: Path) -> SentFile:
    path = (folder / told["path"]).resolve()
    if folder.resolve() / "papers" != path.parent:
        raise ValueError(told["path"])
    content = path.read_bytes()
    return SentFile(str(told["question"]), int(told["row"]), str(told["name"]), digest_of(content), content)


def _follow(machine: MachineAccount, told: dict[str, Any]) -> Case:
    """Follow what happened to a case on the other side: set its state where that is allowed, and note the rest."""
    found = _case_named(machine, str(told.get("number", "")), by_sender=told.get("owner") == "sender")
    if found is None:
        raise Unreadable("この受付番号の案件は、この経路ではやり取りしていません。")
    try:
        lines = [f"{each['at'][:10]} {each['act']} {each['reason']}".strip() for each in told["events"]]
    except (KeyError, TypeError) as problem:
        raise Unreadable("動きの記録の書き方が違います。相手の届けの版を確かめてください。") from problem
    status = str(told.get("status", ""))
    label = Case.Status(status).label if status in Case.Status.values else "不明"
    text = f"相手側の状態: {label}\n" + "\n".join(lines)
    allowed = machine.partner.allowed
    if status in {Case.Status.REVIEW, Case.Status.WITHDRAWN} and Scope.STATE in allowed and not found.is_closed:
        set_status(found, status, reason=text[:500], machine=machine)
    elif Scope.RESULTS not in allowed:
        raise Unreadable("この連携先は、結果を案件のメモに書くことを許されていません。")
    if Scope.RESULTS in allowed:
        found.add_note(text[:2000], by=machine.user)
    return found


def _case_named(machine: MachineAccount, number: str, *, by_sender: bool) -> Case | None:
    if by_sender:
        taken = HandedIn.objects.filter(machine=machine, key=key_of_case(number)).select_related("case").first()
        return taken.case if taken else None
    given = Case.objects.visible_to(machine.user).filter(
        number=number, parcel_rows__parcel__line__partner=machine.partner
    )
    return given.first()


def _finish(parcel: Parcel) -> None:
    """Write the receipt of a parcel of which every record was looked at."""
    refused = list(parcel.rows.exclude(refusal="").values_list("number", "refusal"))
    whole = parcel.rows.count()
    facts = {"accepted": whole - len(refused), "refused": len(refused)}
    receipt = Receipt(parcel.line.name, parcel.sequence or 0, parcel.manifest, reasons=tuple(refused[:NOTED]), **facts)
    _end(parcel, Parcel.Status.TAKEN, receipt=write_receipt(receipt), done=whole, **facts)


def _end(parcel: Parcel, status: str, **facts: Any) -> None:
    path = parcel.path
    with transaction.atomic():
        if not transition(parcel, status, ended_at=timezone.now(), path="", **facts):
            return
        log.record(parcel, "引渡しの便の取込み", by=System("引渡し"), after={"状態": parcel.get_status_display()})
        delete_file_content.enqueue(path)
