"""What the addresses of studies, tables and published data are about: one thing in each state."""

from collections.abc import Callable
from datetime import date

from tests import cast
from tests.cast import open_data, studies, tables
from tests.cast.role_matrix.world import World
from todoke.accounts.actors import System
from todoke.insights.models import Dashboard, Dataset, RateRecord, SavedChart, Study, StudyPlan, StudyResult
from todoke.insights.models.dataset import publish_month

Places = dict[str, dict[str, str]]
STAGES = {
    "board:study": "calculation", "board:study-correction": "draft", "board:study-submission": "draft",
    "board:study-acceptance": "submission", "board:study-return": "submission", "board:study-plan": "acceptance",
    "board:study-plan-change": "plan", "board:study-calculation": "plan",
}  # fmt: skip
"""By address, how far the study has come that it is about."""


def evidence(world: World) -> Places:
    found = {name: {"number": _study(world, stage).number} for name, stage in STAGES.items()}
    return found | _charts(world) | _open_data(world)


def _open_data(world: World) -> Places:
    """A published dataset, a series of the office, and a file in each state."""
    by = world.people["chief"]
    section = by.tenures.get().post.department
    dataset = open_data.dataset()
    Dataset.objects.update(department=section)
    dataset.refresh_from_db()
    open_data.published(by, dataset)
    approved, confirmed = (open_data.run(by, open_data.CLEAN.encode(), dataset) for _ in range(2))
    approved.approve(by=by)
    warned = open_data.run(by, open_data.CLEAN.replace("図書館", "=図書館").encode(), dataset)
    RateRecord.objects.create(key="possible", on=date(2026, 5, 31), numerator=1, denominator=2)
    publish_month("rates", date(2026, 5, 1), by=System())
    run = open_data.run(by, of=dataset)
    return {
        "board:dataset": {"slug": dataset.slug},
        "board:dataset-correction": {"slug": "series-rates"},
        "board:check": {"token": run.token},
        "board:check-confirmation": {"token": warned.token},
        "board:check-approval": {"token": confirmed.token},
        "board:check-publication": {"token": approved.token},
        "board:public-dataset": {"slug": dataset.slug},
        "portal:open-data": {"slug": dataset.slug, "kind": "csv", "number": "1"},
    }


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
