"""The roadmap of the demo ward: real volumes of the survey, invented staff-months, ordinance and owners."""

from datetime import date

from todoke.demo.people import person
from todoke.organization.models import Department
from todoke.roadmaps import adjustments, builder
from todoke.roadmaps.models import Stage

STARTS = date(2026, 10, 1)
MOST = 220
SECONDS = 3.0


def build() -> None:
    """Create a scenario and a roadmap of three years, with one ordinance to wait for and some procedures under way."""
    chief = person("dx")
    made = builder.create_roadmap(
        "2026", "オンライン化 導入計画(架空の人月)", starts_on=STARTS, quarters=12,
        shared_section=Department.objects.get(name="DX推進課"), month_cost=800_000, by=chief, most=MOST,
    )  # fmt: skip
    for item in made.items.filter(procedure__department__name="道路公園課"):
        adjustments.add_precondition(
            item, title="公園条例の改正(架空)", kind="ordinance", ready_on=date(2027, 4, 1), predecessor="", by=chief
        )
    builder.reschedule(made, by=chief, seconds=SECONDS)
    for item in made.items.filter(quarter=0).select_related("procedure__department", "roadmap")[:6]:
        for name, done in ((Stage.Name.CONSIDER, date(2026, 7, 1)), (Stage.Name.DECIDE, date(2026, 9, 1)),
                           (Stage.Name.START, STARTS)):  # fmt: skip
            adjustments.update_stage(item, name, planned_on=done, done_on=done, owner="担当(架空)", by=chief)
