"""What the addresses of the automations are about: one at work, one on trial, one applied for, and their shapes."""

from tests.cast import automations as of_automations
from tests.cast.role_matrix.world import World
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.models import AutomationRun, InputSchema

Places = dict[str, dict[str, str]]


def automations_of(world: World) -> Places:
    """Return the parts of the addresses; the clerk owns them, and the chief is the deputy."""
    clerk, chief = world.people["clerk"], world.people["chief"]
    made = of_automations.running(people=(clerk, chief, chief))
    other = of_automations.applied(clerk, chief, code="applied")
    ready = of_automations.running(people=(clerk, chief, chief), code="personal", data_class="personal")
    ready.stop("点検", by=clerk)
    seen = InputSchema.propose(made, TableShape.of(("世帯番号", "氏名")), by=clerk)
    half = InputSchema.propose(ready, TableShape.of(("世帯番号", "氏名")), by=clerk)
    half.approve(by=clerk)
    run, _ = AutomationRun.begin(made, "r1", shape=TableShape.of(of_automations.COLUMNS), by=clerk)
    return {
        "board:automation": {"code": made.code},
        "board:automation-trial": {"code": other.code},
        "board:automation-start": {"code": ready.code},
        "board:automation-shape-approval": {"code": made.code, "version": str(seen.number)},
        "board:automation-shape-confirmation": {"code": ready.code, "version": str(half.number)},
        "api:v1:begin": {"code": made.code},
        "api:v1:end": {"code": made.code, "run": run.key},
    }
