"""A resident reads what is asked, says what they think without an account, and sees what became of it."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.cast.mailed_links import mailed_path
from tests.cast.page_languages import JapaneseTexts
from tests.cast.voices import CLAUSES, Hall, hall, sent
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import (
    Briefing,
    Clause,
    CommentReceipt,
    Consultation,
    ConsultationExtension,
    ConsultationFollower,
    TextChange,
)

pytestmark = pytest.mark.django_db
HANAKO = "hanako@example.jp"
DECLARED = [
    settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)", *(text for clause in CLAUSES for text in clause[1:]),
    "まちづくり計画(案)", "これからの十年の案です。", "意見公募手続要綱", "企画課", "駐輪場を増やしてほしい",
    "百五十台分とします。", "私は", "個人情報", "です。駐輪場をもっと増やしてください。", "駅前に有料の駐輪場を",
    "百五十", "百", "台分つくります。", "みらい区", "区民会館", "二十人が来ました。",
]  # fmt: skip
"""The municipality, the languages and the program by name, and what the office and people wrote in Japanese."""


@pytest.fixture
def place() -> Hall:
    return hall()


def open_call(place: Hall) -> Consultation:
    return place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")


def published(place: Hall) -> Consultation:
    of = place.announced()
    row = sent(of, "私は山田です。駐輪場をもっと増やしてください。")
    of.begin_answering(by=place.clerk)
    response = place.grouped(of, "駐輪場を増やしてほしい", "c01").answer(
        kind="changed", text="百五十台分とします。", by=place.clerk
    )
    clause = Clause.objects.get(text__consultation=of, text__version=1, key="c01")
    TextChange.write(clause, "駅前に有料の駐輪場を百五十台分つくります。", seen=CLAUSES[0][2], by=place.clerk,
                     response=response)  # fmt: skip
    row.comment.mask([(2, 4, "personal")], by=place.clerk)
    place.read_twice(of)
    place.approved(of)
    publish_result(of, by=place.clerk)
    return of


def test_somebody_without_an_account_comments_on_a_clause_and_keeps_the_receipt(client: Client, place: Hall) -> None:
    of = open_call(place)
    page = client.get(f"/consultations/{of.number}/").content.decode()
    assert f"/consultations/{of.number}/opinion/?clause=c01" in page
    form = client.get(f"/consultations/{of.number}/opinion/", {"clause": "c01"}).context["form"]
    typed = {"clause": "c01", "text": "百台では足りません。", "token": form.initial["token"], "mail": "h@example.jp"}
    answers = [client.post(f"/consultations/{of.number}/opinion/", typed) for _ in range(2)]
    row = CommentReceipt.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/consultations/receipts/{row.token}/"}
    receipt = client.get(answers[0].headers["Location"]).content.decode()
    assert row.number in receipt
    assert "期限までに届きました" in receipt
    assert "百台では足りません" not in receipt
    assert (row.recorded_by, row.comment.points.get().clause) == (None, "c01")
    assert Entry.objects.get(act="意見の受付").actor is None


def test_an_empty_opinion_is_asked_for_again_with_everything_typed(client: Client, place: Hall) -> None:
    of = open_call(place)
    page = client.post(f"/consultations/{of.number}/opinion/", {"text": " ", "mail": "no address"})
    assert page.status_code == 422
    assert "no address" in page.content.decode()
    assert not CommentReceipt.objects.exists()


def test_what_comes_after_the_end_is_kept_and_said_to_be_late(client: Client, place: Hall) -> None:
    of = place.announced()
    form = client.get(f"/consultations/{of.number}/opinion/")
    assert "期限を過ぎています" in form.content.decode()
    receipt = client.post(f"/consultations/{of.number}/opinion/", {"text": "遅れました"}, follow=True)
    assert "期限の後に届きました" in receipt.content.decode()
    assert "?clause=" not in client.get(f"/consultations/{of.number}/").content.decode()


def test_the_result_shows_answers_and_changed_words_and_hides_what_is_masked(client: Client, place: Hall) -> None:
    of = published(place)
    page = client.get(f"/consultations/{of.number}/result/").content.decode()
    assert "山田" not in page
    assert "■■■〔個人情報〕" in page
    assert "<del>" in page
    assert "百五十台分とします。" in page
    assert client.get(f"/consultations/{of.number}/table/").headers["Content-Type"] == "application/pdf"


def test_nothing_of_a_result_is_shown_before_it_is_published(client: Client, place: Hall) -> None:
    draft, of = place.drafted(), place.announced()
    for path in (f"{draft.number}/", f"{of.number}/result/", f"{of.number}/table/"):
        assert client.get(f"/consultations/{path}").status_code == 404


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_every_page_speaks_the_language_of_its_reader(client: Client, place: Hall, language: str) -> None:
    of, done = open_call(place), published(place)
    held = Briefing.plan(
        of, starts_at=timezone.now(), place="区民会館", capacity=30, sign_language=True, by=place.clerk
    )
    held.write_minutes("二十人が来ました。", seen="", by=place.clerk)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    receipt = client.post(f"/consultations/{of.number}/opinion/", {"text": "I agree."}).headers["Location"]
    client.post(f"/consultations/{of.number}/news/", {"email": "hanako@example.jp"})
    pages = ["/consultations/", f"/consultations/{of.number}/", f"/consultations/{of.number}/opinion/", receipt,
             f"/consultations/{of.number}/news/", mailed_path("consultation-follow"),
             f"/consultations/{done.number}/", f"/consultations/{done.number}/result/"]  # fmt: skip
    left = {}
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200
        if language == "en" and (
            found := JapaneseTexts(answer.content.decode(), sorted(DECLARED, key=len, reverse=True)).texts
        ):
            left[path] = found
    assert left == {}


def test_a_page_of_opinions_asks_the_same_number_of_questions_however_many_there_are(
    client: Client, place: Hall, django_assert_max_num_queries: object
) -> None:
    of = published(place)
    with django_assert_max_num_queries(25):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(f"/consultations/{of.number}/result/")


def test_calls_extensions_and_results_come_by_feed(client: Client, place: Hall) -> None:
    done, of = published(place), open_call(place)
    ConsultationExtension.notice(of, after=of.closes_on + timedelta(days=7), reason="停止のため", by=place.clerk)
    place.drafted(opens_on=today(), closes_on=today() + timedelta(days=20))
    assert "/consultations/feed.rss" in client.get("/consultations/").content.decode()
    answer = client.get("/consultations/feed.rss")
    channel = ElementTree.fromstring(answer.content).find("channel")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel is not None
    titles = [each.findtext("title", "").split(":")[0] for each in channel.findall("item")]
    assert sorted(titles) == ["募集期間の延長", "意見募集", "意見募集", "結果"]
    links = {each.findtext("link", "").partition("/consultations/")[2] for each in channel.findall("item")}
    assert links == {f"{of.number}/", f"{done.number}/", f"{done.number}/result/"}


def test_somebody_without_an_account_follows_a_call_and_stops(client: Client, place: Hall) -> None:
    of = open_call(place)
    page = f"/consultations/{of.number}/"
    assert f'href="{page}news/"' in client.get(page).content.decode()
    assert "形を確かめてください" in client.post(f"{page}news/", {"email": "no address"}).content.decode()
    assert "確かめるためのメールを送りました" in client.post(f"{page}news/", {"email": HANAKO}).content.decode()
    link = mailed_path("consultation-follow")
    assert "押さなければ、何も届きません" in Client().get(link).content.decode()
    assert "延長と結果を、メールでお知らせします" in Client().post(f"{link}confirmation/", follow=True).content.decode()
    assert "知らせをやめる" in Client().get(link).content.decode()
    assert "アドレスは残っていません" in Client().post(f"{link}ending/", follow=True).content.decode()
    assert Client().get(link).status_code == 410
    assert not ConsultationFollower.objects.exists()
