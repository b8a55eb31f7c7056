"""What the addresses of studies, tables and published data are about: one thing in each state."""

from collections.abc import Callable

from tests import cast
from tests.cast import studies, tables
from tests.security.world import World
from todoke.insights.models import Dashboard, SavedChart, Study, StudyPlan, StudyResult

Places = dict[str, dict[str, str]]
STAGES = {
    "board:study": "calculation", "board:study-correction": "draft", "board:study-submission": "draft",
    "board:study-acceptance": "submission", "board:study-return": "submission", "board:study-plan": "acceptance",
    "board:study-plan-change": "plan", "board:study-calculation": "plan",
}  # fmt: skip
"""By address, how far the study has come that it is about."""


def evidence(world: World) -> Places:
    found = {name: {"number": _study(world, stage).number} for name, stage in STAGES.items()}
    return found | _charts(world)


def _charts(world: World) -> Places:
    """A table of the clerk's section, a chart on a dashboard of all, and one that stands nowhere."""
    by = world.people["clerk"]
    table = tables.upload(by)
    asked, section = tables.asked(table, by="窓口"), cast.present(table.department)
    shown, alone = (SavedChart.name_it(table, asked, by=by, **(tables.WORDS | {"title": t})) for t in ("図1", "図2"))
    board = Dashboard.begin(title="共有", department=section, audience="all", by=by)
    board.add(shown, by=by)
    return {
        "board:table": {"token": table.token},
        "board:chart": {"token": shown.token},
        "board:chart-sharing": {"token": alone.token},
        "board:dashboard": {"token": board.token, "chart": shown.token},
    }


def _study(world: World, stage: str) -> Study:
    by, team = world.people["clerk"], world.people["headquarters"]
    study = studies.study(by, f"問い{Study.objects.count()}")
    steps: dict[str, Callable[[], object]] = {
        "submission": lambda: study.submit(by=by), "acceptance": lambda: study.accept(by=team),
        "plan": lambda: StudyPlan.register(study, by=team),
        "calculation": lambda: StudyResult.calculate(study, studies.card_table(), "交付枚数.csv", by=team),
    }  # fmt: skip
    for name, step in steps.items() if stage != "draft" else ():
        step()
        if name == stage:
            break
    return study
