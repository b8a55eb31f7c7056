"""Input fixation 入力確定: the inputs of a round are fixed once every open point is put right or signed away."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.admissions.models import OpenPointSignature, PlacementRun, SelectionRound
from todoke.admissions.models.selection_round import RoundStatus, require_runner
from todoke.admissions.selection.input_checks import all_points
from todoke.admissions.selection.round_input import OpenPoint, RoundInput
from todoke.audit.log import record
from todoke.runtime.refusals import Conflict, NotYet, Refused

NAMED = 3


def open_points(of: SelectionRound) -> tuple[list[OpenPoint], list[tuple[OpenPoint, OpenPointSignature]]]:
    """Return the points that are still open, and those that somebody signed away as they are now."""
    signed = {(each.kind, each.key, each.fingerprint): each for each in of.signatures.select_related("signed_by")}
    still, accepted = list[OpenPoint](), list[tuple[OpenPoint, OpenPointSignature]]()
    for point in all_points(RoundInput(of)):
        found = signed.get((point.kind, point.key, point.fingerprint)) if point.signable else None
        if found is None:
            still.append(point)
        else:
            accepted.append((point, found))
    return still, accepted


@transaction.atomic
def sign_away(of: SelectionRound, kind: str, key: str, *, reason: str, by: User) -> OpenPointSignature:
    """点検の確認: accept an open point as it stands, with a reason; one audit entry.

    Raises NotAllowed, Closed, Refused without a reason or for what must be put right, Conflict when it is gone.
    """
    require_runner(of.scheme, by)
    if not reason.strip():
        raise Refused("確かめた内容を書いてください。")
    point = next((each for each in open_points(of)[0] if (each.kind, each.key) == (kind, key)), None)
    if point is None:
        raise Conflict("この指摘は、もうないか、内容が変わりました。開き直してください。")
    if not point.signable:
        raise Refused("この指摘は、直さなければ先に進めません。")
    if not of.takes_input:
        raise Refused("入力が確定しているため、点検は終わっています。")
    made = OpenPointSignature.objects.create(
        round=of, kind=kind, key=key, fingerprint=point.fingerprint, reason=reason[:300], signed_by=by
    )
    record(of, "点検の確認", by=by, reason=reason, after={"指摘": point.said})
    return made


@transaction.atomic
def fix_inputs(of: SelectionRound, *, by: User) -> None:
    """入力確定: fix seats, children, wishes, facts and directives. Raises NotAllowed, NotYet with what is open."""
    require_runner(of.scheme, by)
    still, _ = open_points(of)
    if still:
        first = "/".join(point.said for point in still[:NAMED])
        raise NotYet(f"点検の指摘が{len(still)}件残っています。{first}")
    of.move(RoundStatus.FIXED, "入力確定", by=by, fixed_at=timezone.now(), fixed_by=by)


@transaction.atomic
def reopen_inputs(of: SelectionRound, *, reason: str, by: User) -> None:
    """点検中に戻す: open the inputs again, which outdates all trials; one audit entry. Raises NotAllowed, Refused."""
    require_runner(of.scheme, by)
    if not reason.strip():
        raise Refused("点検中に戻す理由を書いてください。")
    of.move(RoundStatus.CHECKED, "入力確定の取消し", by=by, reason=reason)
    PlacementRun.outdate(of)
