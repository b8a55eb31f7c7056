"""Context of the page of an automation 自動化の頁."""

from typing import Any

from todoke.accounts.models import User
from todoke.board.automations.forms.automations import (
    BaselineForm,
    ReviewForm,
    RunForm,
    ShapeForm,
    StopForm,
    UpkeepForm,
)  # fmt: skip
from todoke.japanese.calendar import today
from todoke.japanese.periods import this_month
from todoke.systems.automations.automation_figures import saved_by_automation
from todoke.systems.models import Automation
from todoke.systems.permissions import PROPOSE_AUTOMATION, START_AUTOMATION

SHOWN = 10


def automation_context(automation: Automation, user: User) -> dict[str, Any]:
    """Return an automation with its figures, its shapes and the acts that a person may do."""
    waiting = automation.schemas.filter(confirmed_at=None).exclude(pk=automation.shape_id or 0)
    month = this_month(today())
    return {
        "automation": automation,
        "figures": [
            (month.label, saved_by_automation([automation], month)[automation.pk]),
            ("これまで", saved_by_automation([automation])[automation.pk]),
        ],
        "runs": automation.runs.select_related("seen_shape")[:SHOWN], "missed": automation.missed.all()[:SHOWN],
        "baselines": automation.baselines.all()[:SHOWN], "reviews": automation.reviews.select_related("reviewed_by"),
        "waiting": [(each, list(each.difference().sentences())) for each in waiting[:SHOWN]],
        "columns": automation.shape.shape.columns if automation.shape else (),
        "may_work": PROPOSE_AUTOMATION.held_by(user, automation.department),
        "may_start": START_AUTOMATION.held_by(user, automation.department),
        "may_stop": automation.may_be_stopped_by(user), "answers": automation.answers_for(user),
        "baseline_form": BaselineForm(auto_id="baseline_%s"), "review_form": ReviewForm(auto_id="review_%s"),
        "run_form": RunForm(auto_id="run_%s"), "shape_form": ShapeForm(auto_id="shape_%s"),
        "stop_form": StopForm(auto_id="stop_%s"), "upkeep_form": UpkeepForm(auto_id="upkeep_%s"),
    }  # fmt: skip
