"""Drop folder 受渡しの置き場: parcels and receipts go over a one-way line as files, without a browser.

A line has ``out``, ``in``, ``done`` and ``failed`` below a folder of its partner's code. What carries files between the
two sides is the operator's. Each act belongs to a person who may carry parcels, as on the pages; ``failed`` names the
reason in a file beside each. A program that is killed anywhere does the same again: a parcel that is there is not taken
twice, and one that was written is written over by the same bytes.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.data_exports import Export, record_export
from todoke.audit.file_sync import fsync
from todoke.integrations.handover import inbound_parcels, outbound_parcels
from todoke.integrations.handover.inbound_parcels import NotItsTurn
from todoke.integrations.handover.receipts import LARGEST
from todoke.integrations.handover.settlement import settle_by_file
from todoke.integrations.models import HandoverLine, Parcel
from todoke.integrations.models.handover_line import require_carrier
from todoke.integrations.whole_files import write_whole
from todoke.runtime.refusals import Conflict, NotYet, Refused, Unreadable

Status = Parcel.Status
WHY = "受渡しの置き場への書き出し"
STILL_WRITTEN = 600
"""Seconds for which a file that cannot be read may still be on its way."""


def place_of(line: HandoverLine) -> Path:
    """Return the folder of a line. Raises NotYet where the operator named none."""
    if not settings.HANDOVER_FOLDER:
        raise NotYet("受渡しの置き場が決まっていません。TODOKE_HANDOVER_FOLDER に、フォルダを書いてください。")
    return Path(settings.HANDOVER_FOLDER) / line.partner.code


def send(line: HandoverLine, *, by: User) -> Iterator[str]:
    """Make a parcel of what waits, and write every parcel that was not carried (搬出); yield what was done.

    Raises NotAllowed, NotYet for a line out of use and for a parcel that tells of a person flagged since.
    """
    require_carrier(by)
    place = place_of(line)
    _make(line, by=by)
    for parcel in Parcel.objects.outgoing().filter(line=line, status=Status.MADE).order_by("sequence"):
        parcel.require_taking(by=by)
        with default_storage.open(parcel.path) as stored:
            write_whole(place / "out" / parcel.file_name, stored.chunks())
        facts = Export(f"引渡しの便 {parcel}", parcel.file_name, parcel.total, "zip", parcel.total, WHY, subject=parcel)
        record_export(facts, by=by)
        parcel.note_carrying(by=by)
        yield f"{parcel.name}({parcel.total:,}件)を out に書き出しました。"


def _make(line: HandoverLine, *, by: User) -> None:
    """Make the file of a parcel that was begun, or of what waits; nothing where nothing waits."""
    begun = Parcel.objects.outgoing().filter(line=line, status=Status.MAKING).first()
    try:
        outbound_parcels.make_file((begun or outbound_parcels.begin_parcel(line, by=by)).pk)
    except NotYet as nothing:
        if str(nothing) != outbound_parcels.NOTHING:
            raise


def receive(line: HandoverLine, *, by: User) -> Iterator[str]:
    """Take in every parcel and receipt that lies in ``in`` (受取り); yield what became of each.

    A parcel whose turn has not come stays there. Raises NotAllowed, NotYet.
    """
    require_carrier(by)
    place = place_of(line)
    waiting = sorted((place / "in").glob("*.zip"))
    while waiting:
        later = list[tuple[Path, str]]()
        for path in waiting:
            try:
                yield _taken(line, path, place, by=by)
            except NotItsTurn as refused:
                later.append((path, f"{path.name}: まだ取り込めません。{refused}"))
            except Refused as refused:
                yield _set_aside(path, place, refused)
        if len(later) == len(waiting):
            yield from (said for _, said in later)
            break
        waiting = [path for path, _ in later]
    for path in sorted((place / "in").glob("*.json")):
        try:
            yield _settled(line, path, place, by=by)
        except Refused as refused:
            yield _set_aside(path, place, refused)


def _taken(line: HandoverLine, path: Path, place: Path, *, by: User) -> str:
    """Take in a parcel and write its receipt; a worker that takes it in at the same time does no harm."""
    parcel, _ = inbound_parcels.register_parcel(line, path, by=by)
    inbound_parcels.take_in(parcel.pk)
    parcel.refresh_from_db()
    if parcel.status == Status.TAKING:
        raise NotItsTurn("別の作業が、いま取り込んでいます。")
    if parcel.status == Status.MISMATCHED:
        raise Conflict(parcel.problem)
    write_whole(place / "out" / f"受領書_{line}_{parcel.sequence:05d}.json", [parcel.receipt.encode()])
    _move(path, place / "done")
    return f"{parcel.name}を取り込みました。受け取り {parcel.accepted:,}件、受け取れない {parcel.refused:,}件。"


def _settled(line: HandoverLine, path: Path, place: Path, *, by: User) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    known = Parcel.objects.outgoing().filter(line=line, receipt=content.decode(errors="replace")).first()
    parcel = known or settle_by_file(line, content, by=by)
    _move(path, place / "done")
    return f"{parcel.name}の受領を記録しました。相手が受け取ったのは {parcel.accepted:,}件です。"


def _set_aside(path: Path, place: Path, refused: Refused) -> str:
    """Move a file to ``failed`` with the reason beside it, and return the reason.

    One that cannot be read and came just now stays: what carries files may still be writing it.
    """
    said = f"{path.name}: {refused}"
    if isinstance(refused, Unreadable) and time.time() - path.stat().st_mtime < STILL_WRITTEN:
        return f"{said}(書いている途中かもしれないので、10分のあいだ in に残します)"
    moved = _move(path, place / "failed")
    write_whole(moved.with_name(f"{moved.name}.txt"), [f"{said}\n".encode()])
    return said


def _move(path: Path, folder: Path) -> Path:
    """Move a file, beside one of the same name that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    if target.exists():
        target = folder / f"{path.stem}_{timezone.localtime():%Y%m%d%H%M%S%f}{path.suffix}"
    path.replace(target)
    fsync(folder)
    fsync(path.parent)
    return target


def told(line: HandoverLine) -> Iterator[str]:
    """Yield what waits on a line, and the parcels whose receipt is due or which lie in ``failed``."""
    place = place_of(line)
    waiting, moved = outbound_parcels.waiting_applications(line).count(), outbound_parcels.waiting_states(line).count()
    yield f"{line}: まだ渡していない申請 {waiting:,}件、伝えていない動き {moved:,}件"
    late = Parcel.objects.without_receipt().filter(line=line).order_by("sequence")
    yield from (f"  {parcel.name}: 1日たっても受領書が届きません" for parcel in late)
    yield from (f"  in: {path.name}" for path in sorted((place / "in").glob("*")))
    yield from (f"  failed: {path.name}" for path in sorted((place / "failed").glob("*")) if path.suffix != ".txt")
