"""Programme close 事業の終了: what must be over before a programme of points is over."""

from django.db import transaction

from todoke.accounts.actors import Actor
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.points.models import MerchantSettlement, PointProgram, RedemptionPart
from todoke.runtime.refusals import Conflict, NotYet


@transaction.atomic
def close_program(program: PointProgram, *, by: Actor) -> None:
    """End a programme: nothing can be claimed, used or taken back any more.

    Raises NotYet while points can be used or a use is not settled and paid, Conflict when it has ended.
    """
    if today() <= program.expires_on or program.grants.filter(left__gt=0).exists():
        raise NotYet("まだ使えるポイントがあります。有効期限の翌日、失効してから終えてください。")
    used = RedemptionPart.objects.filter(grant__program=program)
    unpaid = used.exclude(redemption__settlement__status=MerchantSettlement.Status.PAID)
    if unpaid.exclude(redemption__cancelled_at__isnull=False, redemption__settlement=None).exists():
        raise NotYet("加盟店に支払っていない利用があります。精算を支払済みにしてから終えてください。")
    if not stamp_once(program, "closed_at"):
        raise Conflict("この事業は、もう終えています。")
    log.record(program, "ポイント事業の終了", by=by, after={"committed": program.committed_yen})
