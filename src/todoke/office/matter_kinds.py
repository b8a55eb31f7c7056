"""Matter kinds 件名の種類: by which a proposal finds its route, and a closed case its classification."""

from todoke.approvals.models import DecisionClass
from todoke.approvals.models.procurement import OTHER, SYSTEM
from todoke.cases.records.record_disposal import MATTER
from todoke.offers.models import Release
from todoke.records.models import Classification


def known_matters() -> list[str]:
    """Return the built-in kinds, and those that routes, releases and classifications use; one query."""
    decision_classes = DecisionClass.objects.order_by().values_list("kind")
    releases = Release.objects.order_by().values_list("matter")
    lines = Classification.objects.order_by().values_list("matter")
    used = {kind for (kind,) in decision_classes.union(releases, lines) if kind}
    return sorted(used | {SYSTEM, OTHER, MATTER})
