"""Background work of the payments. Safe to run twice."""

from django_tasks import task

from todoke.jobs.priority import Priority
from todoke.payments import checkout, overpayments


@task()
def ask_pending() -> None:
    """Ask providers for the outcome of payments that we were not told of, each when its next inquiry is due."""
    checkout.ask_due()


@task(priority=Priority.NORMAL)
def send_refund(number: str) -> None:
    """Ask the provider to give a refund back; a repeated request is the same refund."""
    checkout.send_refund(number)


@task()
def tell_overpayments() -> None:
    """Tell payers and office of money that came too much and was not told of when its notice came."""
    overpayments.tell_all()


@task(priority=Priority.NORMAL)
def send_overpaid_refund(number: str) -> None:
    """Ask the provider to give an overpayment back; a repeated request is the same refund."""
    overpayments.send_refund(number)
