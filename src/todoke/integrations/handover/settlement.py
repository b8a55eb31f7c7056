"""Settlement 受領の記録: a receipt or its code says what became of a parcel that was given."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import transition
from todoke.integrations.handover.receipts import Receipt, read_receipt, refused_by_code
from todoke.integrations.models import HandoverLine, Parcel
from todoke.integrations.models.handover_line import require_carrier
from todoke.records.tasks import delete_file_content
from todoke.runtime.refusals import Conflict, Unreadable

REFUSED = "相手が受け取らなかった: {reason}"


def settle_by_file(line: HandoverLine, content: bytes, *, by: User) -> Parcel:
    """Record what a signed receipt says of a parcel of a line (受領). Raises NotAllowed, Unreadable, Conflict."""
    require_carrier(by)
    found = read_receipt(content, peer=line.peer)
    parcel = Parcel.objects.outgoing().filter(line=line, manifest=found.manifest).first()
    if found.line != line.name or parcel is None:
        raise Unreadable("この経路で渡した便の受領書ではありません。便の番号を、相手に確かめてください。")
    return _settle(parcel, found, by=by, text=content.decode())


def settle_by_code(parcel: Parcel, typed: str, *, by: User) -> Parcel:
    """Record what the typed code of a receipt says of a parcel (受領). Raises NotAllowed, Unreadable, Conflict."""
    require_carrier(by)
    refused = refused_by_code(typed, parcel.manifest, parcel.total) if parcel.manifest else None
    if refused is None:
        raise Unreadable(f"{parcel.name}の受領の番号ではありません。相手の画面の20文字を、もう一度確かめてください。")
    found = Receipt(parcel.line.name, parcel.sequence or 0, parcel.manifest, parcel.total - refused, refused)
    return _settle(parcel, found, by=by, text="")


@transaction.atomic
def _settle(parcel: Parcel, found: Receipt, *, by: User, text: str) -> Parcel:
    """Close a parcel; what the other side refused may go again in the next one, once it is mended there."""
    if parcel.status == Parcel.Status.RECEIVED:
        raise Conflict(f"{parcel.name}の受領は、もう記録しています。何も変わっていません。")
    if found.accepted + found.refused != parcel.total:
        raise Unreadable("受領書の件数が、渡した便の件数と違います。相手に、受け取った便を確かめてください。")
    path = parcel.path
    counts = {"accepted": found.accepted, "refused": found.refused}
    facts: dict[str, Any] = {**counts, "receipt": text, "by_code": not text, "path": ""}
    if not transition(parcel, Parcel.Status.RECEIVED, ended_at=timezone.now(), **facts):
        raise Conflict("ほかの人が先に記録しました。画面を開き直して確かめてください。")
    for number, reason in found.reasons:
        parcel.rows.filter(number=number).update(refusal=REFUSED.format(reason=reason))
    log.record(parcel, "引渡しの便の受領", by=by, after={"受け取った": found.accepted, "受け取れない": found.refused})
    delete_file_content.enqueue(path)
    return parcel
