"""Background tasks of integrations; each is safe to run twice."""

from django_tasks import task

from todoke.integrations.webhook_attempts import collect_events, deliver_due


@task
def tell_partners() -> None:
    """案件の動きの知らせ: find what moved, and send what is due."""
    collect_events()
    deliver_due()
