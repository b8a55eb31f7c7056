"""Background tasks of federation. Each is idempotent."""

from django_tasks import task

from todoke.federation.models import AuthenticationRequest, FederatedSession, IssuedCode, SeenToken


@task()
def delete_old_requests() -> None:
    """Delete requests of a month ago, tokens that have expired, and sessions that are over."""
    AuthenticationRequest.delete_old()
    SeenToken.delete_expired()
    FederatedSession.delete_old()
    IssuedCode.delete_expired()
