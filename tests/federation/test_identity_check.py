"""How somebody was identified is written once, by whoever saw it, and never changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests import cast
from todoke.accounts.actors import Guest
from todoke.audit.models import Entry
from todoke.federation.models import IdentityCheck
from todoke.runtime.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
YESTERYEAR = datetime(2025, 11, 29, tzinfo=UTC)


def row(**changes: Any) -> IdentityCheck:
    now = timezone.now()
    plain = {"draft_token": "t", "method": "counter", "authentication": 2, "proofing": 2, "by": cast.clerk()}
    plain |= {"checked_at": now, "valid_until": now + timedelta(days=1)}
    return IdentityCheck(**{**plain, **changes})


def test_a_clerk_records_what_was_seen_with_the_levels_of_the_table() -> None:
    hanako, clerk = cast.resident(), cast.clerk()
    made = IdentityCheck.record(method="counter", user=hanako, by=clerk)
    assert (made.authentication, made.proofing, made.by) == (2, 2, clerk)
    assert list(IdentityCheck.objects.valid().of(user=hanako, draft_token="")) == [made]
    assert Entry.objects.filter(act="本人確認の記録").count() == 1


def test_nobody_records_who_is_no_clerk_or_is_the_person() -> None:
    hanako, clerk = cast.resident(), cast.clerk()
    for by in (Guest(), hanako, cast.headquarters()):
        with pytest.raises(NotAllowed):
            IdentityCheck.record(method="counter", user=hanako, by=by)
    with pytest.raises(NotAllowed):
        IdentityCheck.record(method="counter", user=clerk, by=clerk)
    with pytest.raises(Refused):
        IdentityCheck.record(method="code", user=hanako, by=clerk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "card"},
        {"by": None},
        {"draft_token": ""},
        {"authentication": 0},
        {"proofing": 4},
        {"valid_until": YESTERYEAR},
    ],
)
def test_the_database_refuses_what_was_not_checked(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(**wrong).save()
    assert not IdentityCheck.objects.exists()


def test_the_database_refuses_any_change() -> None:
    made = row()
    made.save()
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        IdentityCheck.objects.update(proofing=3)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE federation_identitycheck SET authentication = 3")
    made.refresh_from_db()
    assert (made.authentication, made.proofing) == (2, 2)
