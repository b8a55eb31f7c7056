"""Own figures 自動で数える値: what the product itself counts today for indicators; never kept a second time."""

from collections.abc import Sequence

from todoke.insights import rates
from todoke.japanese.calendar import today
from todoke.plans.counted_figure import CountedFigure
from todoke.plans.models import Indicator
from todoke.systems.models import StandardTask

STANDARD = Indicator.OwnFigure.STANDARD


def _of_rate(found: rates.Rate) -> CountedFigure:
    return CountedFigure(found.on, found.numerator, found.denominator, "手続の台帳と案件の記録(自動)")


def _of_tasks() -> CountedFigure:
    applying = StandardTask.objects.exclude(stage=StandardTask.Stage.NOT_APPLICABLE)
    running = applying.filter(stage=StandardTask.Stage.RUNNING).count()
    return CountedFigure(today(), running, applying.count(), "標準化対象の20業務の台帳(自動)")


def own_figure(key: str) -> CountedFigure:
    """Return what the product counts today for an indicator. Raises KeyError."""
    return _of_tasks() if key == STANDARD else _of_rate(rates.rate(key))


def own_figures(found: Sequence[rates.Rate] | None = None) -> dict[str, CountedFigure]:
    """Return every own figure of today by its key; ``found`` are the rates if the page has them already."""
    counted = {each.definition.key: _of_rate(each) for each in (rates.rates() if found is None else found)}
    return counted | {STANDARD.value: _of_tasks()}
