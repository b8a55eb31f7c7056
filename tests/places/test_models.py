"""A place keeps its hours as written and reads them as rules."""

import pytest
from django.db import IntegrityError, transaction

from todoke.places.models import Place
from todoke.places.opening_hours import in_words

pytestmark = pytest.mark.django_db


def test_a_place_reads_its_hours_and_lies_in_japan() -> None:
    place = Place.objects.create(
        code="1", name="図書館", hours_text="【開館時間】9:00～17:00 【休館日】月曜日", source="試し"
    )
    assert in_words(place.opening_hours).endswith("休: 月")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code="2", name="図書館", latitude=0.0, longitude=0.0, source="試し")
