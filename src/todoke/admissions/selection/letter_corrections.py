"""Letter corrections 通知後の訂正: an error found after the letters, the corrected run, and the families concerned.

Placements are never replaced: what was told stays as it was, and each family concerned is told of its own child alone.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.admissions.models import CorrectedPlacement, PlacementCorrection, PlacementLetter, PlacementRun
from todoke.admissions.models.placement_run import RunStatus
from todoke.admissions.models.selection_round import PUBLIC, SelectionRound, require_runner
from todoke.admissions.selection.placement_letters import contact_of, correction_content
from todoke.admissions.selection.round_disposal import notices_about
from todoke.admissions.selection.run_files import read_document
from todoke.audit.log import record
from todoke.audit.transitions import stamp_once
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.runtime.refusals import Conflict, NotAllowed, NotYet, Refused

WAITING = "保留"


@transaction.atomic
def request_correction(of: SelectionRound, changes: Mapping[str, Any], *, reason: str, by: User) -> PlacementCorrection:
    """訂正を起こす: request the corrected run of a notified round; ``changes`` are points and capacities by number.

    Raises NotAllowed, NotYet before the letters, Refused without a reason or a change.
    """
    require_runner(of.scheme, by)
    if of.status not in PUBLIC:
        raise NotYet("訂正は、通知のあとの誤りのためにあります。通知の前なら、点検中に戻してください。")
    if not reason.strip() or not any(changes.values()):
        raise Refused("誤りの内容と、正しい点数か募集人数を書いてください。")
    run = PlacementRun.request(of, by=by, kind=PlacementRun.Kind.CORRECTION, changes=dict(changes))
    made = PlacementCorrection.objects.create(round=of, run=run, reason=reason[:300], found_by=by)
    record(made, "訂正を起こす", by=by, reason=reason)
    return made


@transaction.atomic
def name_concerned(correction: PlacementCorrection) -> list[CorrectedPlacement]:
    """Return the children whose place differs in the corrected run, kept once. Raises NotYet before it is computed."""
    of, run = correction.round, correction.run
    if run.status != RunStatus.DONE:
        raise NotYet("訂正の計算が、まだ終わっていません。")
    if not correction.children.exists():
        assignment = read_document(run, "result")["assignment"]
        facilities = {each.code: each for each in of.scheme.facilities.all()}
        rows = of.placements.select_related("child", "facility")
        CorrectedPlacement.objects.bulk_create(
            CorrectedPlacement(
                correction=correction, child=each.child, before=each.facility,
                after=facilities.get(assignment.get(each.child.number) or ""),
            )
            for each in rows
            if (each.facility.code if each.facility else None) != assignment.get(each.child.number)
        )  # fmt: skip
    return list(correction.children.select_related("child", "before", "after"))


@transaction.atomic
def confirm_correction(correction: PlacementCorrection, *, by: User) -> int:
    """訂正を確かめて知らせる: tell exactly the families concerned, each of its own child; return how many letters.

    Raises NotAllowed to whoever found it and to strangers, NotYet before the run is done, Conflict the second time.
    """
    of = correction.round
    require_runner(of.scheme, by)
    if by.pk == correction.found_by_id:
        raise NotAllowed("自分が起こした訂正は、ほかの人に確かめてもらってください。")
    concerned = name_concerned(correction)
    if not stamp_once(correction, "confirmed_at", confirmed_by=by):
        raise Conflict("この訂正は、すでに知らせています。")
    for each in concerned:
        _tell(of, correction, each, by=by)
    correction.children.update(told_at=timezone.now())
    numbers = [each.child.number for each in concerned]
    record(correction, "訂正を知らせる", by=by, after={"児童": numbers})
    return len(concerned)


def _tell(of: SelectionRound, correction: PlacementCorrection, each: CorrectedPlacement, *, by: User) -> None:
    placement = of.placements.select_related("child__household__applicant", "round__scheme__department").get(
        child=each.child
    )
    names = [place.name if place else WAITING for place in (each.before, each.after)]
    content = correction_content(placement, names[0], names[1], correction.reason)
    letter = PlacementLetter.freeze(placement, PlacementLetter.Kind.CORRECTION, content)
    letter.sent_at = timezone.now()
    letter.save()
    person = placement.child.household.applicant
    if person is not None and person.email:
        page = absolute("portal:admission", placement.child_id)
        context = {"name": person.name, "round": of.title, "url": page, "contact": contact_of(of.scheme)}
        enqueue("admission-correction", to=Recipient.of(person), context=context, about=notices_about(of), by=by)
