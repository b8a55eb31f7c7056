"""Placement 順位: where one procedure stands in the ranking, and when a roadmap starts it."""

from dataclasses import dataclass

from todoke.procedures.models import Procedure
from todoke.roadmaps.models import RoadmapItem
from todoke.roadmaps.ranking import Weights, rank
from todoke.roadmaps.ranking_inputs import CountSource, procedure_inputs


@dataclass(frozen=True)
class Placement:
    """順位: place under the usual weights, or why there is none, the yearly count, and the item of a roadmap."""

    place: int | None
    among: int
    exclusion: str
    total: int | None
    source: CountSource
    item: RoadmapItem | None


def placement_of(procedure: Procedure) -> Placement:
    """Return the placement of a current procedure, in five queries; of an abolished one without a place."""
    found = procedure_inputs()
    ranked = rank([each.ranking_input for each in found], Weights())
    place = next((each.place for each in ranked if each.ranking_input.number == procedure.number), None)
    mine = next((each for each in found if each.ranking_input.number == procedure.number), None)
    items = RoadmapItem.objects.filter(procedure=procedure, excluded_at=None).select_related("roadmap")
    item = items.order_by("-roadmap__starts_on").first()
    exclusion = mine.ranking_input.exclusion if mine else "廃止した手続です"
    total, source = (mine.total, mine.source) if mine else (None, CountSource.UNKNOWN)
    return Placement(place, len(ranked), exclusion, total, source, item)
