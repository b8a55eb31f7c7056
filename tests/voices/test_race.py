"""Of two people at one moment one wins, on any database; the races show on PostgreSQL."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast.races import together
from tests.cast.voices import Hall, hall, sent
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.meetings.models import AgendaItem, Body, Meeting
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import (
    AgendaLink,
    Challenge,
    CommentGroup,
    CommentPoint,
    Consultation,
    ConsultationExtension,
    Idea,
    ModerationEvent,
    ProposalCall,
    ProposalVerdict,
    PublicComment,
    StaffProposal,
)

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


def test_of_two_meetings_planned_at_once_one_takes_the_favoured_proposal(place: Hall) -> None:
    secretary = cast.headquarters()
    body = Body.objects.create(code="dx", name="DX推進本部")
    call = ProposalCall.begin(
        title="職員提案", body=body, opens_on=today(), closes_on=today() + timedelta(days=9), by=secretary
    )
    proposal = StaffProposal.submit(
        call, by=place.clerk, mode="named", title="様式を一つに", problem="二度書く", remedy="一度にする"
    )
    proposal.accept(by=secretary)
    first = Meeting.plan(body=body, held_on=today(), by=secretary)
    ProposalVerdict.give(proposal, meeting=first, outcome="favoured", words="詳しく", by=secretary)
    days = [today() + timedelta(days=at) for at in (30, 60)]
    done = together(*(lambda day=day: Meeting.plan(body=body, held_on=day, by=secretary) for day in days))
    assert done == [True, True]
    assert AgendaLink.objects.filter(proposal=proposal).count() == 1
    assert AgendaItem.objects.filter(title__startswith="職員提案").count() == 1


def test_an_opinion_that_is_entered_while_the_result_is_published_never_stands_in_it_unread(place: Hall) -> None:
    of = place.announced()
    of.begin_answering(by=place.clerk)

    def publish() -> None:
        publish_result(Consultation.objects.get(pk=of.pk), by=place.clerk)

    def enter() -> None:
        sent(Consultation.objects.select_related("rule", "department").get(pk=of.pk), "私は山田です。",
             channel="post", by=place.second)  # fmt: skip

    done = together(publish, enter)
    assert sorted(done) == [False, True]
    assert (Consultation.objects.get(pk=of.pk).status == "published") == (of.receipts.count() == 0)


def test_a_double_press_at_one_moment_is_one_receipt_with_one_number(place: Hall) -> None:
    of, numbers = place.announced(), list[str]()

    def press() -> None:
        numbers.append(sent(Consultation.objects.get(pk=of.pk), "駐輪場に反対です。", token="t" * 32).number)

    assert together(press, press) == [True, True]
    assert (len(numbers), len(set(numbers)), of.receipts.count()) == (2, 1, 1)


def test_of_two_answers_to_one_group_one_wins(place: Hall) -> None:
    of = place.announced()
    sent(of, "駐輪場に反対です。")
    of.begin_answering(by=place.clerk)
    pk = place.grouped(of, "駐輪場に反対").pk

    def answer(by: User) -> None:
        group = CommentGroup.objects.select_related("consultation__department").get(pk=pk)
        group.answer(kind="later", text=f"{by.name}の答え", seen=("", ""), by=by)

    assert sorted(together(lambda: answer(place.clerk), lambda: answer(place.second))) == [False, True]


def test_of_two_extensions_one_wins_and_the_period_is_longer_once(place: Hall) -> None:
    of = place.announced()

    def extend(days: int) -> None:
        found = Consultation.objects.select_related("department", "rule").get(pk=of.pk)
        ConsultationExtension.notice(found, after=of.closes_on + timedelta(days=days), reason="停止", by=place.clerk)

    done = together(lambda: extend(3), lambda: extend(3))
    assert sorted(done) == [False, True]
    assert (of.extensions.count(), Consultation.objects.get(pk=of.pk).days) == (1, of.days + 3)


def test_of_two_moderators_one_wins(place: Hall) -> None:
    challenge = Challenge.begin(
        question="困りごとは", background="", can_decide="", department=place.section, opens_on=today(),
        closes_on=today(), answer_by=today() + timedelta(days=9), by=place.clerk,
    )  # fmt: skip
    pk = Idea.post(challenge, text="ベンチを", secret="a").pk

    def one() -> Idea:
        return Idea.objects.select_related("challenge__department").get(pk=pk)

    done = together(
        lambda: one().show(by=place.clerk), lambda: one().hide(rule=1, reason="名前がある", by=place.second)
    )
    assert True in done
    events = list(ModerationEvent.objects.order_by("pk").values_list("to", flat=True))
    assert (len(events), events[-1]) == (done.count(True), Idea.objects.get(pk=pk).status)
