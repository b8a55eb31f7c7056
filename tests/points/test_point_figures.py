"""The council sees how many received points and by which way, with the denominator, and nobody can be told from it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import points as of_points
from tests.cast.points import BY
from todoke.disclosure_control.small_cells import row_in_words
from todoke.points.models import EligiblePerson, PointGrant, PointProgram
from todoke.points.point_figures import figures
from todoke.points.shop_redemptions import use_card

pytestmark = pytest.mark.django_db


def programme(claims: int) -> PointProgram:
    program = of_points.program(1000)
    program.enrol([(f"{number:05}", 1950) for number in range(20)], by=BY)
    for person in list(program.eligible.order_by("pk"))[:claims]:
        way = EligiblePerson.Way.COUNTER if person.pk % 2 else EligiblePerson.Way.LETTER
        PointGrant.claim(person, way=way, by=BY)
    return program


def test_the_figures_add_up_with_definition_and_denominator(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    program = programme(12)
    PointProgram.objects.update(running_yen=600)
    program.refresh_from_db()
    holds = of_points.carrier(program, "99999")
    use_card(of_points.shop(), 300, key="a", number=holds.card.number, pin=holds.pin, by=BY)
    with django_assert_num_queries(3):
        found = figures(program)
    assert (found.eligible, found.claimed, found.share) == (21, 13, 61.9)
    assert (found.granted, found.used, found.left, found.owed) == (13_000, 300, 12_700, 300)
    assert found.sen == 4.6
    page = Client().get("/board/public/points/").content.decode()
    assert "13人 / 21人" in page
    assert "61.9%" in page


def test_few_people_are_never_shown() -> None:
    assert row_in_words([("窓口", 1), ("手紙", 1), ("代理", 20)]) == [("窓口", "x"), ("手紙", "x"), ("代理", "x")]
    assert row_in_words([("窓口", 2), ("手紙", 1)]) == []
    page_of_three = figures(programme(3))
    assert page_of_three.ways == []


def test_who_claimed_is_counted_by_way_and_by_age() -> None:
    program = programme(20)
    program.enrol([(f"9{number:04}", None) for number in range(30)], by=BY)
    found = figures(program)
    assert (found.eligible, found.claimed) == (50, 20)
    counter, letter = EligiblePerson.Way.COUNTER, EligiblePerson.Way.LETTER
    assert {name: people for name, people in found.ways if people != "0"} == {counter.label: "10", letter.label: "10"}
    assert {name: people for name, people in found.ages if people != "0"} == {"75歳以上": "20"}
