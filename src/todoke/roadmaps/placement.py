"""Placement 順位: where one procedure stands in the ranking, and when a roadmap starts it."""

from dataclasses import dataclass

from todoke.procedures.models import Procedure
from todoke.roadmaps.models import RoadmapItem
from todoke.roadmaps.ranking import Weights, places
from todoke.roadmaps.ranking_inputs import CountSource, ranking_inputs, with_exclusion, yearly_counts


@dataclass(frozen=True)
class Placement:
    """順位: place under the usual weights, or why there is none, the yearly count, and the item of a roadmap.

    ``among`` is how many are ranked, 0 where the procedure is not.
    """

    place: int | None
    among: int
    exclusion: str
    total: int | None
    source: CountSource
    item: RoadmapItem | None


def placement_of(procedure: Procedure) -> Placement:
    """Return the placement of a current procedure, in seven queries; of an abolished one without a place."""
    items = RoadmapItem.objects.filter(procedure=procedure, excluded_at=None).select_related("roadmap")
    item = items.order_by("-roadmap__starts_on").first()
    exclusion = with_exclusion().filter(pk=procedure.pk).values_list("exclusion", flat=True).first()
    if exclusion is None:
        return Placement(None, 0, "廃止した手続です", None, CountSource.UNKNOWN, item)
    if exclusion:
        return Placement(None, 0, exclusion, *yearly_counts().of(procedure.pk, procedure.total_count), item)
    inputs = ranking_inputs()
    if procedure.pk not in inputs.ids:
        return placement_of(procedure)  # excluded or abolished since it was asked why it is not ranked
    row = inputs.ids.index(procedure.pk)
    place = int(places(inputs.parts, Weights())[row])
    return Placement(place, len(inputs.ids), "", *inputs.count_of(row), item)
