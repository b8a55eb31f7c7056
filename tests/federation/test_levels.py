"""What a session and the checks of a person amount to, and what each act needs, by dated rows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from todoke.federation.levels import (
    Act,
    Assurance,
    Authentication,
    Need,
    Proof,
    Way,
    assurance_of,
    check_level,
    is_met,
    level_rows,
    needs,
)

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
TODAY = date(2026, 11, 29)
APP = Authentication(2, NOW - timedelta(minutes=5))


def test_every_identity_says_what_every_act_needs() -> None:
    identities = ("none", "account", "document", "card")
    assert [(identity, act) for identity in identities for act in Act if not needs(identity, act, TODAY)] == []


def test_a_day_before_the_first_row_and_an_unknown_identity_are_met_by_nobody() -> None:
    everything = Assurance((Authentication(3, NOW),), 3)
    assert not is_met(needs("none", Act.SEND, date(2020, 1, 1)), everything, NOW)
    assert not is_met(needs("passport", Act.SEND, TODAY), everything, NOW)


@pytest.mark.parametrize("act", [row.act for row in level_rows() if row.identity == "card"])
def test_what_asks_for_a_card_has_an_equal_way_without_one(act: Act) -> None:
    wanted = needs("card", act, TODAY)
    assert any(need.way is Way.DOCUMENT for need in wanted)
    assert is_met(wanted, Assurance((Authentication(2, NOW),), 2), NOW)


def test_a_password_never_passes_for_a_card_whatever_was_proved_before() -> None:
    wanted = needs("card", Act.SEND, TODAY)
    assert not is_met(wanted, Assurance((Authentication(1, NOW),), 3), NOW)


def test_an_authentication_grows_old_and_one_of_tomorrow_counts_for_nothing() -> None:
    need = Need(Way.DOCUMENT, 2, 2, timedelta(minutes=30))
    held = Assurance((APP,), 2)
    assert held.meets(need, NOW)
    assert not held.meets(need, NOW + timedelta(minutes=26))
    assert not held.meets(need, NOW - timedelta(hours=1))


def test_a_check_proves_who_somebody_is_and_a_session_that_it_is_them() -> None:
    seen = Proof(2, 2, NOW, authenticates=False)
    assert assurance_of([APP], [seen], declared=True) == Assurance((APP,), 2)
    assert assurance_of([], [seen], declared=False) == Assurance((), 2)
    before_a_clerk = seen._replace(authenticates=True)
    assert assurance_of([], [before_a_clerk], declared=False).authentications == (Authentication(2, NOW),)


def test_documents_at_the_counter_hold_for_years_and_an_unknown_method_proves_nothing() -> None:
    found = check_level("counter", "user", TODAY)
    assert found is not None
    assert (found.authentication, found.proofing, found.valid_for) == (2, 2, timedelta(days=1825))
    assert check_level("horoscope", "user", TODAY) is None
    assert check_level("counter", "user", date(2020, 1, 1)) is None
