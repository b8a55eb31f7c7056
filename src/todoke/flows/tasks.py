"""Background tasks of the flows: simulations and analyses that were asked for. Each is safe to run twice."""

from django_tasks import task

from todoke.flows.calculations import Call, run
from todoke.flows.dataclass_json import from_plain
from todoke.flows.mining.log_analysis import Narrowing, analyse_file
from todoke.flows.models.calculation import Calculation
from todoke.flows.simulation.replications import simulate_each
from todoke.flows.simulation.scenario import Scenario
from todoke.flows.step_table import StepTable
from todoke.jobs.queues import LONG
from todoke.runtime.field_encryption import decrypt_bytes


@task(queue_name=LONG)
def simulate(token: str) -> None:
    """Simulate the tables and scenarios of an order (試算)."""
    run(token, simulate, _simulation)


@task(queue_name=LONG)
def analyse_upload(token: str) -> None:
    """Analyse the log file of an order (記録のファイルの分析)."""
    run(token, analyse_upload, _log)


@task()
def delete_expired() -> None:
    """Delete calculations that are older than results are kept (計算の依頼の掃除)."""
    Calculation.objects.expired().delete()


def _simulation(asked: Calculation) -> Call:
    pairs = from_plain(list[tuple[StepTable, Scenario]], list(asked.order["pairs"].values()))
    return simulate_each, (pairs,)


def _log(asked: Calculation) -> Call:
    order = asked.order
    narrowing = from_plain(Narrowing, order["narrowing"])
    table = from_plain(StepTable | None, order["table"])
    raw = decrypt_bytes(bytes(asked.material or b""))
    return analyse_file, (raw, order["name"], order["columns"], narrowing, table)
