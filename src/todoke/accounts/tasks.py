"""Background tasks of accounts. Each is idempotent."""

from django_tasks import task

from todoke.accounts import account_mails
from todoke.accounts.models import AccountRequest
from todoke.accounts.rate_limits import delete_stale
from todoke.accounts.used_codes import UsedCode


@task()
def carry_out_request(request_id: int) -> None:
    """Carry out a sign-up, mail the link to a new password, or send a mail of the sign-in (アカウントの申し込み)."""
    account_mails.carry_out(request_id)


@task()
def delete_old_tries() -> None:
    """Delete counters of tries without a recent one, used codes, and requests that nobody could carry out."""
    delete_stale()
    UsedCode.delete_expired()
    AccountRequest.delete_abandoned()
