"""What a person may do follows from the posts they hold today."""

from datetime import date

import pytest

from tests import cast
from todoke.organization.models import Department, Post
from todoke.organization.permissions import Permission, has_role, is_staff

pytestmark = pytest.mark.django_db


def test_a_clerk_holds_the_post_of_their_section_only() -> None:
    clerk = cast.clerk()
    assert has_role(clerk, Post.Role.CLERK, department=cast.department())
    assert not has_role(clerk, Post.Role.CLERK, department=cast.department("税務課", "2020"))


def test_a_person_whose_post_has_ended_is_no_longer_staff() -> None:
    assert not is_staff(cast.staff(until=date(2024, 3, 31)))


def test_a_permission_within_the_department_ends_at_its_door() -> None:
    chief, approve = cast.chief(), Permission("承認する", within=(Post.Role.CHIEF,))
    assert approve.held_by(chief, cast.department())
    assert not approve.held_by(chief, cast.department("税務課", "2020"))
    assert not approve.held_by(chief)
    assert approve.departments_of(chief) == [cast.department()]


def test_a_director_acts_for_the_sections_below_and_their_staff_for_the_bureau() -> None:
    bureau = cast.department("区民部", "10")
    section = Department.objects.create(name="戸籍住民課", code="1010", parent=bureau)
    director = cast.staff("部長", "director@example.lg.jp", Post.Role.DIRECTOR, bureau)
    assert Permission("助ける", below=(Post.Role.DIRECTOR,)).departments_of(director) == [section]
    assert Permission("答える", above=(Post.Role.CLERK,)).departments_of(cast.clerk(section)) == [bureau]


def test_a_post_that_ended_or_an_account_that_was_closed_gives_nothing() -> None:
    greet = Permission("あいさつする", everywhere=(Post.Role.CLERK,))
    person = cast.staff("在任中", "here@example.lg.jp")
    assert greet.held_by(person)
    assert not greet.held_by(cast.staff(until=date(2024, 3, 31)))
    person.is_active = False
    person.save()
    assert not greet.held_by(person)


def test_a_resident_is_not_staff() -> None:
    assert not is_staff(cast.resident())
