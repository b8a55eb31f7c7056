"""Background work of the example."""

from django_tasks import task

from todoke.accounts.actors import System
from todoke.notices import outbox


@task
def greet() -> None:
    """Post a greeting."""
    to = outbox.Recipient("hanako@example.jp")
    outbox.enqueue("example-greeting", to=to, context={"name": "花子"}, about="example", by=System())
