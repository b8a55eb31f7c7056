"""Plans 計画: strategies, measures, milestones, and indicators with targets and actuals."""

from todoke.plans.models.cards import CardCount
from todoke.plans.models.indicator import Actual, Indicator, Target
from todoke.plans.models.paper import PaperUse
from todoke.plans.models.peer_figure import PeerFigure
from todoke.plans.models.plan import Measure, Milestone, Plan, Strategy

__all__ = [
    "Actual",
    "CardCount",
    "Indicator",
    "Measure",
    "Milestone",
    "PaperUse",
    "PeerFigure",
    "Plan",
    "Strategy",
    "Target",
]
