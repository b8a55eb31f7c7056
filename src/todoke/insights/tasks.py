"""Background tasks of the statistics. Each is safe to run twice."""

from datetime import timedelta

from django_tasks import task

from todoke.accounts.actors import System
from todoke.flows.calculations import Call, run
from todoke.flows.dataclass_json import from_plain
from todoke.flows.mining.log_analysis import Narrowing, analyse_log
from todoke.flows.models import Calculation
from todoke.flows.step_table import StepTable
from todoke.insights.case_event_log import case_log, selection_from
from todoke.insights.models.data_table import erase_expired
from todoke.insights.models.dataset import publish_month
from todoke.insights.own_series import OWN_SERIES
from todoke.insights.snapshots import record_rates
from todoke.japanese.calendar import today
from todoke.jobs.queues import LONG
from todoke.plans.paper_reminders import last_month


@task()
def record_yesterday() -> None:
    """Store the rates of the previous day (前日の割合の記録)."""
    record_rates(today() - timedelta(days=1))


@task()
def publish_last_month() -> int:
    """Publish the last month of every own series that has rows and is not public yet (区の数値の公開)."""
    month, by = last_month(today()), System("区の数値の公開")
    return sum(publish_month(key, month, by=by) is not None for key in OWN_SERIES)


@task()
def erase_expired_tables() -> int:
    """Erase the contents of tables whose day has come (集計表の消去)."""
    return erase_expired(by=System("集計表の消去"))


@task(queue_name=LONG)
def analyse_cases(token: str) -> None:
    """Analyse the own cases of an order (区の案件の分析)."""
    run(token, analyse_cases, _own_cases)


def _own_cases(asked: Calculation) -> Call:
    """Return the analysis of the selected cases. Raises Unreadable when there are none."""
    order = asked.order
    log = case_log(selection_from(order["selection"]))
    return analyse_log, (log, from_plain(Narrowing, order["narrowing"]), from_plain(StepTable | None, order["table"]))
