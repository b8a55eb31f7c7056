"""Of two people at one moment one wins, on any database; the races show on PostgreSQL."""

import pytest

from tests.cast.races import together
from tests.cast.voices import Hall, hall, sent
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import CommentGroup, CommentPoint, Consultation, PublicComment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]


@pytest.fixture
def place() -> Hall:
    return hall()


def test_of_two_clerks_who_move_one_opinion_one_wins(place: Hall) -> None:
    of = place.announced()
    pk = sent(of, "駐輪場に反対です。").comment.points.get().pk
    groups = [CommentGroup.create(of, summary=f"まとまり{n}", by=place.clerk) for n in range(2)]

    def move(at: int) -> None:
        by = (place.clerk, place.second)[at]
        CommentPoint.objects.select_related("consultation__department").get(pk=pk).move(groups[at], seen=None, by=by)

    done = together(lambda: move(0), lambda: move(1))
    assert sorted(done) == [False, True]
    assert CommentPoint.objects.get(pk=pk).group_id == groups[done.index(True)].pk


def test_of_two_publications_one_wins_and_everybody_is_told_once(place: Hall) -> None:
    of = place.announced()
    of.begin_answering(by=place.clerk)
    done = together(
        *(lambda by=by: publish_result(Consultation.objects.get(pk=of.pk), by=by) for by in (place.clerk, place.second))
    )
    assert sorted(done) == [False, True]
    assert Consultation.objects.get(pk=of.pk).status == "published"


def test_of_a_check_and_a_new_mask_at_one_moment_never_both_stand(place: Hall) -> None:
    comment = sent(place.announced(), "私は山田です。").comment
    comment.mask([], by=place.clerk)
    pk = comment.pk

    def check() -> None:
        PublicComment.objects.get(pk=pk).check_masks(by=place.second)

    def mask() -> None:
        PublicComment.objects.get(pk=pk).mask([(2, 4, "personal")], by=place.clerk)

    together(check, mask)
    found = PublicComment.objects.get(pk=pk)
    assert found.checked_at is None or not found.masks.exists()
