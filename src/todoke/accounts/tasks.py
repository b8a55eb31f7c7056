"""Background tasks of accounts. Each is idempotent."""

from django_tasks import task

from todoke.accounts.rate_limits import delete_stale
from todoke.accounts.used_codes import UsedCode


@task()
def delete_old_tries() -> None:
    """Delete counters of tries without a recent one, and used codes that nobody could enter any more."""
    delete_stale()
    UsedCode.delete_expired()
