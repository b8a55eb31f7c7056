"""The demo's 現況届: some families have answered, the others are on the list."""

import pytest

from todoke.cases.models import ReconfirmationRound
from todoke.demo import offers, people, reconfirmations


@pytest.mark.django_db
def test_some_families_have_not_answered_yet() -> None:
    people.build()
    offers.build()
    reconfirmations.build()
    asked = ReconfirmationRound.objects.get().asked
    assert (asked.count(), asked.unanswered().count()) == (5, 3)
