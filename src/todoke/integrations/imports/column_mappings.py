"""Column mappings 取込様式: proposed from headings, decided by a person, and remembered for the next table."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases.models import Case
from todoke.integrations.imports.column_targets import guess_targets, targets_of
from todoke.integrations.models import ColumnMapping, MappedColumn
from todoke.offers.models import Offer, Release
from todoke.runtime.refusals import Conflict, NotAllowed, Unreadable


def release_of(offer: Offer) -> Release:
    """Return the release in force. Raises Conflict where there is none."""
    found = Release.objects.in_force().filter(offer=offer).select_related("form_version", "offer__department").first()
    if found is None:
        raise Conflict("この手続には、いま有効な公開版がありません。公開してから取り込んでください。")
    return found


def mapping_for(offer: Offer, source: str, code: str, headings: list[str], release: Release) -> ColumnMapping:
    """Return the mapping of a kind of table, made with likely targets where it is new."""
    made, is_new = ColumnMapping.objects.get_or_create(offer=offer, source=source, code=code)
    known = {} if is_new else dict(made.columns.values_list("heading", "target"))
    fresh = [heading for heading in headings if heading not in known]
    used = {target for target in known.values() if target}
    targets = {heading: target for heading, target in _earlier(offer, fresh).items() if target not in used}
    free = [each for each in targets_of(release.form_version.parsed) if each.name not in {*used, *targets.values()}]
    targets = guess_targets([heading for heading in fresh if heading not in targets], free) | targets
    MappedColumn.objects.bulk_create(
        MappedColumn(mapping=made, position=at, heading=heading, target=targets[heading])
        for at, heading in enumerate(fresh, len(known) + 1)
    )
    return made


def _earlier(offer: Offer, headings: list[str]) -> dict[str, str]:
    """Return what people decided of the same headings in the newest other table of the offer."""
    last = ColumnMapping.objects.filter(offer=offer).exclude(decided_at=None).order_by("-decided_at").first()
    if last is None:
        return {}
    return dict(last.columns.filter(heading__in=headings).values_list("heading", "target"))


def decide_columns(mapping: ColumnMapping, targets: Mapping[str, str], *, by: User) -> None:
    """Save where each column goes (列の行き先). Raises NotAllowed, Unreadable for a target that is named twice."""
    if not Case(department=mapping.offer.department).can_process(by):
        raise NotAllowed("列の行き先を決められるのは、この手続の担当部署の職員です。")
    chosen = [target for target in targets.values() if target]
    twice = next((target for target in chosen if chosen.count(target) > 1), None)
    if twice is not None:
        named = "」「".join(heading for heading, target in targets.items() if target == twice)
        raise Unreadable(f"「{named}」の行き先が同じです。一つを残して、ほかは「取り込まない」にしてください。")
    with transaction.atomic():
        mapping.columns.update(target="")
        for heading, target in targets.items():
            mapping.columns.filter(heading=heading).update(target=target)
        ColumnMapping.objects.filter(pk=mapping.pk).update(decided_by=by, decided_at=timezone.now())
        log.record(mapping, "列の行き先の決定", by=by, after={"取り込む列": len(chosen)})
