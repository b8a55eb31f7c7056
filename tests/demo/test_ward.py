"""A newcomer types one command and has a ward."""

import pytest

from todoke.accounts.models import User
from todoke.demo import people, ward
from todoke.organization.models import Post
from todoke.organization.permissions import has_role

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_newcomer_gets_a_whole_ward_and_its_people() -> None:
    assert not ward.is_built()
    steps = list(ward.build())
    assert ward.is_built()
    assert steps[0] == "部署と職員"
    assert User.objects.filter(email__in=[person.email for person in people.PEOPLE]).count() == len(people.PEOPLE)
    assert has_role(User.objects.get(email="chief@demo.example"), Post.Role.CHIEF)


def test_a_second_designer_can_confirm_what_the_first_one_made() -> None:
    assert sum(person.role == Post.Role.DESIGNER for person in people.PEOPLE) >= 2
