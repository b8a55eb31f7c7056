"""Ideas are read before they are shown, answered before the end, and nobody is told from a table of ages."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from todoke.accounts.models import User
from todoke.disclosure_control.band_merges import merged, propose_joins
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused
from todoke.voices.models import Challenge, Idea, ModerationEvent, Reaction, Respondent
from todoke.voices.models.challenge import BANDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderators() -> tuple[User, User]:
    section = cast.department("共創課", "1300")
    return (
        cast.staff("佐藤 共創", "co1@example.lg.jp", Post.Role.CLERK, section),
        cast.staff("鈴木 共創", "co2@example.lg.jp", Post.Role.CHIEF, section),
    )


@pytest.fixture
def challenge(moderators: tuple[User, User]) -> Challenge:
    return Challenge.begin(
        question="駅前で困っていることは", background="駅前を直します。", can_decide="ベンチと案内板",
        department=cast.department("共創課", "1300"), opens_on=today() - timedelta(days=9), closes_on=today(),
        answer_by=today() + timedelta(days=30), by=moderators[0],
    )  # fmt: skip


def ended(challenge: Challenge) -> Challenge:
    Challenge.objects.update(closes_on=today() - timedelta(days=1))
    challenge.refresh_from_db()
    return challenge


def test_nothing_is_shown_before_somebody_has_read_it(challenge: Challenge, moderators: tuple[User, User]) -> None:
    idea = Idea.post(challenge, text="ベンチを置いてください", secret="a")
    assert not Idea.objects.shown().exists()
    idea.show(by=moderators[0])
    assert Idea.objects.shown().get() == idea
    with pytest.raises(NotAllowed):
        idea.hide(rule=1, reason="名前がある", by=cast.clerk())
    idea.hide(rule=1, reason="名前がある", by=moderators[0])
    with pytest.raises(NotAllowed, match="別の人"):
        idea.restore(reason="申し出", by=moderators[0])
    idea.restore(reason="申し出のとおり名前ではない", by=moderators[1])
    assert [each.to for each in ModerationEvent.objects.order_by("pk")] == ["shown", "hidden", "shown"]
    with transaction.atomic(), pytest.raises(IntegrityError):
        Idea.objects.update(restored_by=moderators[0])


def test_hiding_needs_a_rule_and_a_reason(challenge: Challenge, moderators: tuple[User, User]) -> None:
    idea = Idea.post(challenge, text="宣伝", secret="a")
    for rule, reason in ((0, "理由"), (9, "理由"), (4, " ")):
        with pytest.raises(Refused):
            idea.hide(rule=rule, reason=reason, by=moderators[0])
    assert idea.status == "held"


def test_a_person_has_five_ideas_and_one_support(challenge: Challenge, moderators: tuple[User, User]) -> None:
    for n in range(5):
        Idea.post(challenge, text=f"考え{n}", secret="a")
    with pytest.raises(Refused, match="5件まで"):
        Idea.post(challenge, text="六つ目", secret="a")
    idea = Idea.post(challenge, text="別の人", secret="b")
    idea.show(by=moderators[0])
    assert [idea.support("a"), idea.support("a"), idea.support("c")] == [True, False, True]
    assert Reaction.objects.count() == 2


def test_the_two_axes_are_never_folded(challenge: Challenge, moderators: tuple[User, User]) -> None:
    idea = Idea.post(challenge, text="ベンチ", secret="a")
    idea.show(by=moderators[0])
    with pytest.raises(Refused, match="言葉"):
        idea.give_feedback("answered", text="", by=moderators[0])
    idea.give_feedback("reading", text="", by=moderators[0])
    with pytest.raises(Refused):
        idea.give_feedback("adopted", text="置きます", by=moderators[0])
    stale = Idea.objects.get()
    idea.give_feedback("answered", text="三つ置きます", by=moderators[0])
    with pytest.raises(Conflict):
        stale.give_feedback("declined", text="置きません", by=moderators[1])
    assert (idea.status, idea.feedback) == ("shown", "answered")


def test_a_challenge_ends_only_when_every_idea_has_its_answer(
    challenge: Challenge, moderators: tuple[User, User]
) -> None:
    idea = Idea.post(challenge, text="ベンチ", secret="a")
    with pytest.raises(NotYet, match="募集しています"):
        challenge.close(joins=[], by=moderators[0])
    ended(challenge)
    with pytest.raises(NotYet, match="1件"):
        challenge.close(joins=[], by=moderators[0])
    idea.show(by=moderators[0])
    idea.give_feedback("answered", text="置きます", by=moderators[0])
    challenge.close(joins=[], by=moderators[0])
    idea.refresh_from_db()
    assert (idea.person_key, challenge.salt) == ("", "")
    with pytest.raises(Closed):
        idea.support("a")


def of_ages(challenge: Challenge, numbers: list[int]) -> None:
    """Six and more people by age; the last number gave none."""
    for band, number in zip((*BANDS, ""), numbers, strict=True):
        for n in range(number):
            Respondent.note(challenge, f"{band}{n}", age=band)


def test_108_people_by_age_hide_three_bands_or_none_once_joined(
    challenge: Challenge, moderators: tuple[User, User]
) -> None:
    of_ages(challenge, [3, 6, 17, 24, 22, 19, 12, 1, 4])
    table = challenge.age_table([])
    assert [each["people"] for each in table] == [None, 6, 17, 24, 22, 19, 12, None, None]
    joins = propose_joins(challenge.people_by_age(), fixed=(8,))
    assert sum(each["people"] is None for each in challenge.age_table(joins)) <= 2
    ended(challenge).close(joins=joins, by=moderators[0])
    challenge.refresh_from_db()
    assert challenge.published_ages is not None
    assert Respondent.objects.exclude(person_key=None).count() == 0
    with pytest.raises(Conflict):
        challenge.close(joins=[], by=moderators[0])


def test_a_person_is_counted_once_whatever_they_post(challenge: Challenge) -> None:
    for n in range(3):
        Idea.post(challenge, text=f"考え{n}", secret="a")
        Respondent.note(challenge, "a", age="30代")
    assert sum(challenge.people_by_age()) == 1
    keys = set(Idea.objects.values_list("person_key", flat=True))
    assert not keys & set(Respondent.objects.values_list("person_key", flat=True))


def test_bands_are_joined_with_the_one_before() -> None:
    assert merged(["a", "b", "c"], [1, 2, 3], [2]) == (["a", "b・c"], [1, 5])
    assert propose_joins([20, 30, 40]) == []
    assert propose_joins([2, 6, 17, 24]) == [1]
    assert propose_joins([1, 1]) == [1]
