"""By what right a person acts at a post, decided on plain facts: who is here, who deputises, whose draft it is."""

import pytest
from django.db.models import Q

from todoke.approvals.authority import Authority, Capacity, _acting, _ranked, steps_open_to
from todoke.approvals.models.substitution import Deputy
from todoke.organization.models import Department, Post

TAX, WELFARE = Department(pk=1), Department(pk=2)
CHIEF = Post(pk=10, role=Post.Role.CHIEF, department=TAX)
FIRST, SECOND = Deputy(post_id=10, deputy_id=11), Deputy(post_id=10, deputy_id=12)
NOBODY = frozenset[int]()


def authority(drafter: int | None = None) -> Authority:
    return Authority(CHIEF, Capacity.OWN, drafter=drafter)


@pytest.mark.parametrize(
    ("role", "department", "fits"),
    [
        (Post.Role.CHIEF, TAX, True),
        (Post.Role.CHIEF, None, True),
        (Post.Role.CHIEF, WELFARE, False),
        (Post.Role.CLERK, TAX, False),
    ],
)
def test_a_post_fits_a_step_of_its_role_and_department(role: str, department: Department | None, fits: bool) -> None:
    assert authority().matches_step(role, department, drafter=7) is fits


def test_a_right_for_one_persons_drafts_fits_no_other_draft() -> None:
    assert authority(drafter=7).matches_step(Post.Role.CHIEF, TAX, drafter=7)
    assert not authority(drafter=7).matches_step(Post.Role.CHIEF, TAX, drafter=8)


def test_nobody_deputises_while_a_holder_is_here() -> None:
    assert _acting([FIRST, SECOND], {10: frozenset({1}), 11: frozenset({2}), 12: frozenset({3})}) is None


def test_the_first_deputy_who_is_here_acts() -> None:
    assert _acting([FIRST, SECOND], {10: NOBODY, 11: frozenset({2}), 12: frozenset({3})}) is FIRST
    assert _acting([FIRST, SECOND], {10: NOBODY, 11: NOBODY, 12: frozenset({3})}) is SECOND
    assert _acting([FIRST, SECOND], {10: NOBODY, 11: NOBODY, 12: NOBODY}) is None


def test_who_drafts_counts_as_absent_for_their_own_draft() -> None:
    here = {10: frozenset({1}), 11: frozenset({1}), 12: frozenset({3})}
    assert _acting([FIRST, SECOND], here, drafter=1) is SECOND
    assert _acting([FIRST, SECOND], here, drafter=3) is None
    assert _acting([FIRST], {10: frozenset({1, 4}), 11: frozenset({2})}, drafter=1) is None


def test_deputies_are_kept_by_post_in_their_order() -> None:
    other = Deputy(post_id=20, deputy_id=11)
    assert _ranked([FIRST, other, SECOND]) == {10: [FIRST, SECOND], 20: [other]}


def test_without_a_post_no_step_is_open() -> None:
    assert steps_open_to([]) == Q(pk__in=[])


def test_a_step_of_the_department_or_of_any_is_open_and_for_a_drafter_only_theirs() -> None:
    place = Q(department=1) | Q(department__isnull=True)
    anybody = Q(pk__in=[]) | (Q(role=CHIEF.role) & place)
    assert steps_open_to([authority()]) == anybody
    assert steps_open_to([authority(drafter=7)]) == Q(pk__in=[]) | (Q(role=CHIEF.role) & place & Q(proposal__drafter=7))
