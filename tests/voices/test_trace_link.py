"""One opinion travels to a changed clause, a promise and a measured indicator; every hop is one click both ways."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from tests import cast
from tests.cast import plans
from tests.cast.voices import CLAUSES, Hall, hall, sent
from todoke.japanese.calendar import today
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.plans.models import Indicator, Plan
from todoke.runtime.refusals import NotAllowed, Refused
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import Clause, CommentGroup, Idea, OfficialResponse, StaffProposal, TextChange, TraceLink
from todoke.voices.voice_chain import shares, voice_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


def answered(place: Hall) -> CommentGroup:
    of = place.announced()
    sent(of, "駐輪場をもっと増やしてください。")
    of.begin_answering(by=place.clerk)
    group = place.grouped(of, "駐輪場を増やしてほしい", "c01")
    response = group.answer(kind="changed", text="百五十台分とします。", by=place.clerk)
    clause = Clause.objects.get(text__consultation=of, text__version=1, key="c01")
    TextChange.write(clause, "駅前に有料の駐輪場を百五十台分つくります。", seen=CLAUSES[0][2], by=place.clerk,
                     response=response)  # fmt: skip
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    return group


def promise(place: Hall) -> Commitment:
    secretary = cast.headquarters()
    meeting = Meeting.plan(
        body=Body.objects.create(code="dx", name="DX推進本部"), held_on=date(2025, 4, 1), by=secretary
    )
    made = Commitment.create(meeting=meeting, what="駐輪場を百五十台分つくる", department=place.section, by=secretary)
    meeting.mark_held(by=secretary)
    meeting.confirm_record(by=secretary)
    return made


def figure() -> Indicator:
    made = plans.indicator(plans.plan())
    Plan.objects.update(status="published")
    return made


def test_every_hop_is_one_click_both_ways(place: Hall) -> None:
    group, commitment, indicator = answered(place), promise(place), figure()
    for target in (commitment, indicator):
        TraceLink.make(group, target, reason="この意見による", by=place.clerk)
    commitment.fulfil(evidence="完成の写真", result="つくりました", by=place.clerk)
    Indicator.objects.get().report(
        on=today() + timedelta(days=1), numerator=Decimal(150), denominator=Decimal(200), by=place.clerk
    )
    chain = cast.present(voice_chain("opinion", group.pk))
    assert [(each.kind, each.state) for each in chain.hops] == [
        ("意見", "みらい区まちづくり計画(案)"), ("区の考え方", "案を修正します"), ("案の修正", "決定"),
        ("約束(会議の宿題)", "完了"), ("指標", "到達"),
    ]  # fmt: skip
    client = Client()
    shown = client.get(chain.page).content.decode()
    for hop in chain.hops:
        assert f'href="{hop.page}"' in shown
        back = client.get(hop.page.partition("#")[0])
        assert back.status_code == 200
        assert f'href="{chain.page}"' in back.content.decode(), hop.kind
        if anchor := hop.page.partition("#")[2]:
            assert re.search(f'id="{anchor}"', back.content.decode())
    assert [(each.number, each.whole) for each in shares()] == [(1, 1)] * 4


def test_what_is_not_public_is_not_shown(place: Hall) -> None:
    group = answered(place)
    secretary = cast.headquarters()
    meeting = Meeting.plan(
        body=Body.objects.create(code="dx", name="DX推進本部"), held_on=date(2025, 4, 1), by=secretary
    )
    secret = Commitment.create(meeting=meeting, what="まだ言えないこと", department=place.section, by=secretary)
    TraceLink.make(group, secret, reason="この意見による", by=secretary)
    shown = Client().get(f"/voices/opinion/{group.pk}/").content.decode()
    assert "まだ言えないこと" not in shown
    assert "会議録が確定してから" in shown
    assert Client().get(f"/board/public/voices/commitments/{secret.number}/").status_code == 404
    for kind, pk in (("opinion", 9999), ("idea", 9999), ("proposal", 9999), ("other", 1)):
        assert voice_chain(kind, pk) is None


def test_a_link_is_of_one_voice_and_one_thing_once(place: Hall) -> None:
    group, commitment = answered(place), promise(place)
    with pytest.raises(NotAllowed):
        TraceLink.make(group, commitment, reason="理由", by=cast.clerk())
    link = TraceLink.make(group, commitment, reason="理由", by=place.clerk)
    assert (link.reached, link.kind, link.source) == (False, "宿題", group)
    with pytest.raises(Refused, match="もう"):
        TraceLink.make(group, commitment, reason="理由", by=place.clerk)
    with transaction.atomic(), pytest.raises(IntegrityError):
        TraceLink.objects.filter(pk=link.pk).update(group=None)
    with transaction.atomic(), pytest.raises(IntegrityError):
        TraceLink.objects.filter(pk=link.pk).update(indicator=figure())


@pytest.mark.parametrize("language", ["en", "ja_Easy"])
def test_every_word_that_a_hop_says_of_itself_is_in_each_language_of_the_page(language: str) -> None:
    kinds = [
        "意見",
        "区の考え方",
        "案の修正",
        "約束(会議の宿題)",
        "指標",
        "投稿",
        "回答",
        "職員提案",
        "効果",
        "施策",
        "業務フロー",
    ]
    told = [StaffProposal.Status(each).label for each in ("adopted", "done", "measured")]
    states = ["決定", "到達", "これから", "実測", "実測・参考", *told, *Commitment.Status.labels,
              *OfficialResponse.Kind.labels, *Idea.Feedback.labels]  # fmt: skip
    words = (settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po").read_text()
    assert [each for each in (*kinds, *states) if f'msgid "{each}"' not in words] == []
