"""A field passes unchecked only where its type, its gate and its value allow it, and some are drawn all the same."""

from typing import Any

import pytest

from todoke.scans.recognition.field_types import NEVER_AUTO, FieldType, Policy
from todoke.scans.recognition.routes import Route, is_drawn, route_of

SURE: dict[str, Any] = {"confidence": 0.99, "gate": 0.9, "is_valid": True, "drawn": False}


def test_a_sure_valid_postal_code_beyond_its_gate_passes() -> None:
    assert route_of(FieldType.POSTAL, Policy.AUTO, **SURE) is Route.AUTO


@pytest.mark.parametrize(
    "changed",
    [{"confidence": None}, {"confidence": 0.89}, {"gate": None}, {"is_valid": False}],
)
def test_one_doubt_sends_it_to_a_person(changed: dict[str, Any]) -> None:
    assert route_of(FieldType.POSTAL, Policy.AUTO, **{**SURE, **changed}) is Route.CHECK


@pytest.mark.parametrize("kind", sorted(NEVER_AUTO))
def test_a_name_is_checked_even_where_a_template_says_otherwise(kind: FieldType) -> None:
    assert route_of(kind, Policy.AUTO, **SURE) is Route.CHECK


def test_a_field_of_the_sample_is_checked_and_one_of_two_is_entered_by_two() -> None:
    assert route_of(FieldType.POSTAL, Policy.AUTO, **{**SURE, "drawn": True}) is Route.SAMPLE
    assert route_of(FieldType.POSTAL, Policy.DOUBLE, **SURE) is Route.DOUBLE
    assert route_of(FieldType.POSTAL, Policy.CHECK, **SURE) is Route.CHECK


def test_one_in_twenty_is_drawn_always_the_same_ones() -> None:
    drawn = [number for number in range(20_000) if is_drawn(b"key", str(number), "postal")]
    assert 800 <= len(drawn) <= 1200
    assert drawn == [number for number in range(20_000) if is_drawn(b"key", str(number), "postal")]
    assert drawn != [number for number in range(20_000) if is_drawn(b"other", str(number), "postal")]
