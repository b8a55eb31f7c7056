"""Numbers are given out to one writer at a time, and go on after 999."""

import threading
from datetime import date

import pytest
from django.db import connection

from tests import cast
from tests.cast import meetings
from todoke.audit.sequences import next_of_year
from todoke.meetings.models import Commitment


@pytest.mark.django_db
def test_a_year_may_have_more_than_999() -> None:
    made = meetings.commitment(meetings.secretary())
    year = made.number.split("-")[0]
    Commitment.objects.filter(pk=made.pk).update(number=f"{year}-1000")
    assert next_of_year(Commitment.objects.all(), int(year)) == f"{year}-1001"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_ten_people_at_once_get_ten_numbers() -> None:
    by, section = meetings.secretary(), cast.department()
    meeting, refused = meetings.meeting(by), []

    def make(n: int) -> None:
        try:
            for _ in range(5):
                Commitment.create(meeting=meeting, what=f"宿題 {n}", department=section, by=by, due=date(2026, 12, 1))
        except Exception as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    numbers = list(Commitment.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 50
