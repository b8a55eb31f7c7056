"""What a person may do follows from the posts they hold today."""

from datetime import date

import pytest

from tests import cast
from todoke.organization.models import Post
from todoke.organization.permissions import has_role, is_staff

pytestmark = pytest.mark.django_db


def test_a_clerk_holds_the_post_of_their_section_only() -> None:
    clerk = cast.clerk()
    assert has_role(clerk, Post.Role.CLERK, department=cast.department())
    assert not has_role(clerk, Post.Role.CLERK, department=cast.department("税務課", "2020"))


def test_a_person_whose_post_has_ended_is_no_longer_staff() -> None:
    assert not is_staff(cast.staff(until=date(2024, 3, 31)))


def test_a_resident_is_not_staff() -> None:
    assert not is_staff(cast.resident())
