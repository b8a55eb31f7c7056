"""Session assurance ログインの確かさ: how strongly, and when last, the person of this session was authenticated."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from todoke.accounts.models import User

NOBODY, PASSWORD, SECOND_FACTOR = 0, 1, 2


@dataclass(frozen=True)
class SessionAssurance:
    """当人認証の水準: 0 nobody, 1 password or mailed code, 2 second factor or passkey; ``at`` is None where unknown."""

    level: int
    at: datetime | None = None

    def is_within(self, span: timedelta) -> bool:
        """Whether the level was reached or shown again within ``span`` before now."""
        return self.at is not None and timezone.now() - self.at <= span


def session_assurance(request: HttpRequest) -> SessionAssurance:
    """Return what this session has used, not what the account has set up; a factor removed since counts no more.

    Costs one query where a second factor was used, none elsewhere.
    """
    if not isinstance(request.user, User):
        return SessionAssurance(NOBODY)
    records = get_authentication_records(request, request.user)
    used = [record for record in records if record["method"] == "mfa"]
    if used:
        of_person = Authenticator.objects.filter(user=request.user, pk__in={record["id"] for record in used})
        kept = set(of_person.values_list("pk", flat=True))
        if found := [record for record in used if record["id"] in kept]:
            return SessionAssurance(SECOND_FACTOR, _at(found[-1]))
    return SessionAssurance(PASSWORD, _at(records[-1]) if records else None)


def _at(record: dict[str, float]) -> datetime:
    return datetime.fromtimestamp(record["at"], UTC)
