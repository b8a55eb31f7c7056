"""A row of an own list is asked about where its name stands in that of a procedure of the inventory."""

import pytest

from tests.cast.procedures import procedure
from todoke.procedures.look_alikes import LookAlikes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [("住民票の写しの交付の請求", True), ("本人等による住民票の写し等の交付の請求", True), ("印鑑の登録", False)],
)
def test_a_shorter_name_of_the_same_work_is_asked_about(title: str, is_asked: bool) -> None:
    known = procedure("本人等による住民票の写し等の交付請求", national_id="1234")
    found = LookAlikes().find({"title": title})
    assert (found is not None and found.pk == known.pk) is is_asked
    assert LookAlikes().find({"title": "住民票の写しの交付の請求", "national_id": "9999"}) is None
