"""The words of notices are edited on a page: tried on oneself first, then published in versions."""

import pytest
from django.core import mail

from tests import cast
from tests.cast import signed_in
from tests.cast.cases import work_off
from tests.cast.personnel import administrator
from todoke.japanese.calendar import today
from todoke.notices.models import Template
from todoke.notices.outbox import render

pytestmark = pytest.mark.django_db
PAGE = "/office/notice-texts/staff-invitation/"
WORDS = {"subject": "【みなと台市】登録のお願い", "body": "{name}さん\n{until}までに {url} を開いてください。"}


def given(**changed: str) -> dict[str, str]:
    return {**WORDS, "starts_on": str(today()), **changed}


def test_words_are_tried_on_oneself_and_nothing_is_published(settings: object) -> None:
    settings.NOTICE_CHANNEL = "smtp"  # type: ignore[attr-defined]
    by = administrator()
    shown = signed_in(by).post(PAGE, given(act="trial")).content.decode()
    assert "までに {url} を開いてください" in shown, "the words stay in the form"
    work_off()
    assert mail.outbox[0].to == [by.email]
    assert "井上 学さん\n〔until〕までに 〔url〕 を" in mail.outbox[0].body
    assert not Template.objects.exists()


def test_published_words_are_in_the_next_mail_and_the_version_stays() -> None:
    page = signed_in(administrator())
    assert "文面を公開しました" in page.post(PAGE, given(act="publication"), follow=True).content.decode()
    values = {"name": "鈴木", "posts": "x", "until": "あす", "url": "https://x/"}
    assert render("staff-invitation", values)[1] == "鈴木さん\nあすまでに https://x/ を開いてください。"
    assert "自治体の文面(第1版)" in page.get("/office/notice-texts/").content.decode()
    again = page.post(PAGE, given(act="publication")).content.decode()
    assert "この文面を公開する" in again, "two versions on one day are refused on the form"
    assert Template.objects.get().versions.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"body": "{name}さん {till} {url}"}, "差し込めない項目があります: {till}"),
        ({"body": "{name}さん"}, "先へ進めません: {url}"),
        ({"subject": ""}, "件名"),
    ],
)
def test_words_that_could_not_be_sent_are_refused(changed: dict[str, str], said: str) -> None:
    assert said in signed_in(administrator()).post(PAGE, given(act="publication", **changed)).content.decode()
    assert not Template.objects.exists()


def test_sections_leave_the_words_to_the_office() -> None:
    assert signed_in(cast.clerk()).get("/office/notice-texts/").status_code == 403
