"""docs/reference/permissions.md says who may do what, and real posts give exactly that."""

from pathlib import Path

import pytest

from tests import cast
from todoke.organization.models import Department, Post
from todoke.organization.permission_table import permission_page
from todoke.organization.permissions import EVERY_ROLE, declared_permissions

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"
ROWS = [line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines() if line.count(" | ") > len(EVERY_ROLE)]
SCOPES = {(row[0], role): scope for row in ROWS for role, scope in zip(EVERY_ROLE, row[1:], strict=False)}
PERMISSIONS = [each for _, declared in declared_permissions() for each in declared]


def test_the_page_is_what_the_command_prints() -> None:
    assert PAGE.read_text() == permission_page(), "./todoke permissions >docs/reference/permissions.md"


def test_no_two_acts_are_told_in_the_same_words() -> None:
    assert len({each.act for each in PERMISSIONS}) == len(PERMISSIONS) > 30


def test_every_declaration_is_handed_over_by_its_room() -> None:
    files = {path.parent.name for path in (PAGE.parents[2] / "src" / "todoke").glob("*/permissions.py")}
    assert files - {"organization"} == {room.label for room, _ in declared_permissions()}


@pytest.mark.django_db
@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_post_gives_exactly_what_the_page_says(role: str) -> None:
    above = cast.department("区民部", "10")
    own = Department.objects.create(name="戸籍住民課", code="1010", parent=above)
    below = Department.objects.create(name="証明係", code="101010", parent=own)
    places = {"自課": own, "下": below, "上": above, "全庁": cast.department("税務課", "2020")}
    person = cast.staff(role=Post.Role(role), section=own)
    said = {each.act: set(SCOPES[each.act, role].split("と")) - {"—"} for each in PERMISSIONS}
    assert {
        each.act: {word for word, place in places.items() if each.held_by(person, place)} for each in PERMISSIONS
    } == {act: set(places) if scope == {"全庁"} else scope for act, scope in said.items()}
