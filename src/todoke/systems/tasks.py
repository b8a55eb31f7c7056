"""Background work of the systems. Safe to run twice."""

from django_tasks import task

from todoke.systems.automations import missed_runs
from todoke.systems.devices import loan_reminders
from todoke.systems.subscriptions import subscription_alerts


@task()
def remind_of_loans() -> None:
    """Tell borrowers and chiefs of devices that are due."""
    loan_reminders.remind()


@task()
def find_missed_runs() -> None:
    """Raise the alarm of automations that should have run and did not report."""
    missed_runs.find_missed()


@task()
def tell_of_subscriptions() -> None:
    """Tell who decides about tools what is to be decided: renewals, gaps, decisions, seats that nobody uses."""
    subscription_alerts.tell()
