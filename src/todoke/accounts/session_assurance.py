"""Session assurance ログインの確かさ: how strongly, and when last, the person of this session was authenticated."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from todoke.accounts.models import User

NOBODY, PASSWORD, SECOND_FACTOR, CARD = 0, 1, 2, 3
FEDERATED = "federated"
"""The method of a record by which a provider authenticated the person; the record says its ``level``."""


@dataclass(frozen=True)
class SessionAssurance:
    """当人認証の水準: 0 nobody, 1 password or mailed code, 2 second factor or passkey, 3 card.

    ``at`` is None where unknown; ``weaker`` is what the session has shown besides, perhaps more recently.
    """

    level: int
    at: datetime | None = None
    weaker: tuple["SessionAssurance", ...] = field(default=(), compare=False)

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
    shown = [SessionAssurance(PASSWORD, _at(records[-1]) if records else None)]
    shown += [SessionAssurance(record["level"], _at(record)) for record in records if record["method"] == FEDERATED]
    used = [record for record in records if record["method"] == "mfa"]
    if used:
        of_person = Authenticator.objects.filter(user=request.user, pk__in={record["id"] for record in used})
        kept = set(of_person.values_list("pk", flat=True))
        if found := [record for record in used if record["id"] in kept]:
            shown.append(SessionAssurance(SECOND_FACTOR, _at(found[-1])))
    shown.sort(key=lambda one: (one.level, one.at or _NEVER))
    return replace(shown[-1], weaker=tuple(shown[:-1]))


_NEVER = datetime.fromtimestamp(0, UTC)


def _at(record: dict[str, float]) -> datetime:
    return datetime.fromtimestamp(record["at"], UTC)
