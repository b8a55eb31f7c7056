"""The cast of parcels: a line that leads back to this installation, so that one database plays both sides."""

import zipfile
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from tests.cast.cases import Counter
from tests.cast.integrations import administrators, machine
from todoke.integrations.handover import inbound_parcels, outbound_parcels
from todoke.integrations.handover.manifest import MANIFEST, SIGNATURE
from todoke.integrations.models import HandoverLine, Parcel
from todoke.runtime.installation_key import public_key, sign

PEER = "庁内"
WITH_PAPER = {
    "schema": 1,
    "title": "証明書の請求",
    "my_number_basis": "番号法別表の項(見本)",
    "pages": [{"id": "person", "title": "あなたについて", "groups": [{"id": "who", "title": "", "questions": [
        {"id": "name", "kind": "name", "label": "氏名"},
        {"id": "email", "kind": "email", "label": "メールアドレス", "required": "no"},
        {"id": "copies", "kind": "number", "label": "通数", "low": 1, "high": 10},
        {"id": "welfare", "kind": "yes_no", "label": "生活保護を受けていますか"},
        {"id": "number", "kind": "my_number", "label": "個人番号", "required": "no"},
        {"id": "paper", "kind": "file", "label": "写し", "required": "no"},
    ]}]}],
}  # fmt: skip


def line(at: Counter, settings: Any, **facts: Any) -> HandoverLine:
    """A line of a partner in use; the other side is known by hand, and has the key of this installation."""
    settings.PEERS = {PEER: public_key()}
    given = {"name": "戸籍の申請", "peer": PEER, "only_sanitised": False, "sanitised_by": "", **facts}
    return HandoverLine.register(machine(at).partner, by=administrators()[0], **given)


def made(on: HandoverLine) -> Parcel:
    """A parcel with all that waits, written to its file."""
    parcel = outbound_parcels.begin_parcel(on, by=administrators()[0])
    outbound_parcels.make_file(parcel.pk)
    parcel.refresh_from_db()
    return parcel


def carried(parcel: Parcel, folder: Path) -> Path:
    """The file of a parcel, as a person carries it."""
    path = folder / f"{parcel.sequence}.zip"
    path.write_bytes(default_storage.open(parcel.path).read())
    return path


def taken(on: HandoverLine, path: Path) -> Parcel:
    """A parcel that was brought and whose records were taken in."""
    parcel, _ = inbound_parcels.register_parcel(on, path, by=administrators()[0])
    inbound_parcels.take_in(parcel.pk)
    parcel.refresh_from_db()
    return parcel


def entries(path: Path) -> dict[str, bytes]:
    """What a parcel holds."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, changes: dict[str, bytes | None], *, signed: bool = False) -> Path:
    """A copy of a parcel with entries changed or, where None, left out; ``signed`` signs the manifest anew."""
    held = {name: content for name, content in {**entries(path), **changes}.items() if content is not None}
    if signed:
        held[SIGNATURE] = sign(held[MANIFEST]).encode()
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return copy
