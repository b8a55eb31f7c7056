"""A section enters the opinions that it already has in a table: nothing is typed twice and nobody counted twice."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast import voices
from tests.cast.voices import Hall, hall, moment
from todoke.accounts.models import User
from todoke.runtime.refusals import Refused, Unreadable
from todoke.spreadsheets.writer import xlsx_file
from todoke.voices.consultation_counts import counts_of
from todoke.voices.models import CommentReceipt, Consultation
from todoke.voices.opinion_table import HEADS, ReadOpinions, enter_opinions, read_opinions

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


def read(of: Consultation, text: str, *, encoding: str = "utf-8", **more: Any) -> ReadOpinions:
    return read_opinions(of, text.encode(encoding), **({"channel": "mail"} | more))


def test_a_table_of_a_form_service_is_read_as_it_comes(place: Hall) -> None:
    of = place.announced()
    found = read(
        of,
        "回答日時,お名前,ご住所,メールアドレス,該当箇所,ご意見,備考\r\n"
        "2025/02/10 9:30,山田 花子,一丁目,hanako@example.jp,駐輪場,駐輪場を増やしてください。,済\r\n"
        '令和7年2月11日,,,,5 道路,"歩道を\n広げてください。",\r\n'
        ",,,,,,\r\n",
        encoding="cp932",
    )
    first, second = found.rows
    assert (first.channel, first.moment, first.name, first.mail) == (
        "mail", moment("2025-02-10 09:30:00"), "山田 花子", "hanako@example.jp"
    )  # fmt: skip
    assert first.parts == (("c01", "駐輪場を増やしてください。"),)
    assert second.parts == (("", "歩道を\n広げてください。"),)
    assert (second.moment, found.unread) == (moment("2025-02-11 12:00:00"), [])
    assert second.notes == ("時刻がないので、正午とします", "段落「5 道路」は案にないので、案の全体への意見とします")
    assert found.hints == ["読まなかった列: 備考"]


def test_lines_that_cannot_be_taken_are_named(place: Hall) -> None:
    of = place.announced()
    found = read(
        of,
        "意見,方法,届いた日時,メールアドレス,消印の日\n"
        "賛成です。,伝書鳩,2025-02-10,,\n"
        ",郵送,2025-02-10,,\n"
        "賛成です。,FAX,きのう,,\n"
        "賛成です。,持参,2098-02-10,,\n"
        "賛成です。,メール,2025-02-10,花子,\n"
        "賛成です。,郵送,2025-02-10,,2月ごろ\n"
        "賛成です。,説明会で,2025-02-10,,\n"
        "賛成です。,郵便,,,\n",
    )
    assert (found.rows, [each.line for each in found.unread]) == ([], [2, 3, 4, 5, 6, 7, 8, 9])
    said = [each.why for each in found.unread]
    wanted = ["伝書鳩", "空です", "きのう", "まだ来ていない", "形が違います", "2月ごろ", "説明会のページ", "ありません"]
    assert [words for words, why in zip(wanted, said, strict=True) if words not in why] == []
    with pytest.raises(Unreadable, match="意見"):
        read(of, "氏名,住所\n山田,一丁目\n")


def test_a_rule_that_asks_for_a_name_names_the_lines_without_one(place: Hall) -> None:
    named = voices.rule(User.objects.get(name="林 文書"), title="氏名を求める要綱", name_required=True)
    found = read(place.announced(rule=named), "意見,届いた日,氏名\n賛成,2025-02-10,\n反対,2025-02-10,山田\n")
    assert ([each.line for each in found.unread], [each.name for each in found.rows]) == ([2], ["山田"])


def test_18_people_and_42_opinions_of_a_table_are_18_and_42_in_the_register(place: Hall) -> None:
    of = place.announced()
    numbers = [3] * 8 + [2] * 8 + [1] * 2
    rows = [
        [f"意見その{n}。", "ファクス" if person == 15 else "ホームページ", "2025-02-10 9:00", "2 図書館", str(person)]
        for person, number in enumerate(numbers)
        for n in range(number)
    ]
    found = read_opinions(of, xlsx_file(["意見", "方法", "届いた日時", "段落", "提出者番号"], rows), channel="mail")
    assert (len(found.rows), sum(len(each.parts) for each in found.rows)) == (18, 42)
    assert enter_opinions(of, found.rows, batch="b" * 32, by=place.clerk) == 18
    counts = counts_of(of)
    assert (counts.people, counts.opinions, counts.by_channel) == (18, 42, {"web": 17, "fax": 1})
    assert set(of.points.values_list("clause", flat=True)) == {"c02"}
    assert {point.text.strip() for point in of.points.all()} == {f"意見その{n}。" for n in range(3)}


def test_a_double_press_and_the_same_table_again_enter_nothing_twice(place: Hall) -> None:
    of, table = (
        place.announced(),
        "意見,届いた日,氏名\n反対です。,2025-02-10,\n反対です。,2025-02-10,\n賛成,2025-02-11,山田\n",
    )
    found = read(of, table)
    for _ in range(2):
        enter_opinions(of, found.rows, batch="b" * 32, by=place.clerk)
    assert of.receipts.count() == 3
    again = read(of, f"{table}反対です。,2025-02-10,\n")
    assert [each.known for each in again.rows] == [True, True, True, False]
    enter_opinions(of, again.fresh, batch="c" * 32, by=place.clerk)
    assert of.receipts.count() == 4


def test_an_individual_number_is_cut_out_of_each_opinion_of_a_sheet(place: Hall) -> None:
    of = place.announced()
    found = read(
        of, "意見,届いた日,提出者番号\n番号は123456789018です。駅に。公園に。,2025-02-10,1\n公園に。,2025-02-10,1\n"
    )
    enter_opinions(of, found.rows, batch="b" * 32, by=place.clerk)
    row = of.receipts.get()
    assert "123456789018" not in row.text
    assert row.open_numbers(by=place.clerk, reason="照会") == ["123456789018"]
    words = [each.text.strip() for each in of.points.all()]
    assert words == ["番号は【個人番号を除きました】です。駅に。公園に。", "公園に。"]
    assert [each.known for each in read(of, "意見,届いた日\n公園に。,2025-02-10\n").rows] == [False]


def test_post_is_judged_by_what_the_table_says(place: Hall) -> None:
    of = place.drafted()
    of.channels.filter(channel="post").update(basis="postmark", arrival_limit=date(2025, 3, 7))
    of.announce(by=place.clerk)
    found = read(
        of, "意見,方法,受付日,消印日\n一,郵送,2025-03-03,2025-02-28\n二,郵送,2025-03-03,\n三,郵送,2025-03-08,\n"
    )
    enter_opinions(of, found.rows, batch="b" * 32, by=place.clerk)
    rows = of.receipts.order_by("sequence").select_related("timeliness")
    assert [each.timeliness.standing for each in rows] == ["timely", "undecided", "late"]
    assert {each.recorded_by for each in rows} == {place.clerk}


def test_nobody_of_another_section_enters_a_table(place: Hall) -> None:
    of = place.announced()
    rows = read(of, "意見,方法,届いた日\n賛成,ホームページ,2025-02-10\n").rows
    with pytest.raises(Refused, match="担当部署"):
        enter_opinions(of, rows, batch="b" * 32, by=cast.clerk())
    assert not CommentReceipt.objects.exists()


def test_the_table_is_shown_before_it_is_entered_and_the_page_says_what_is_next(place: Hall) -> None:
    of, desk = place.announced(), Client()
    desk.force_login(place.clerk)
    base = f"/office/consultations/{of.number}/receipts/table/"
    assert "表から登録する" in desk.get(f"/office/consultations/{of.number}/receipts/").content.decode()
    blank = desk.get(f"{base}?format=xlsx").getvalue()
    assert all(len(each) for each in HEADS)
    assert blank.startswith(b"PK")
    csv = "意見,受付日,氏名\n駐輪場を増やしてください。,2025-02-10,山田\n,2025-02-10,\n".encode()
    shown = desk.post(base, {"file": SimpleUploadedFile("意見.csv", csv), "channel": "fax"})
    page = shown.content.decode()
    assert "登録する受付は1件(意見は1件)" in page
    assert "3行目: 意見の文が空です。" in page
    assert not of.receipts.exists()
    given = {"read": shown.context["taking"].initial["read"]}
    after = desk.post(f"{base}entry/", given, follow=True).content.decode()
    assert "1件の受付を、表から登録しました。" in after
    assert (of.receipts.get().channel, of.receipts.get().comment.sender.name) == ("fax", "山田")
    desk.post(f"{base}entry/", given)
    assert of.receipts.count() == 1
    spoiled = desk.post(f"{base}entry/", {"read": given["read"][:-4]}, follow=True).content.decode()
    assert "もう一度、表を選んで読んでください" in spoiled
    again = desk.post(base, {"file": SimpleUploadedFile("意見.csv", csv), "channel": "fax"})
    assert "もう登録されている受付は1件" in again.content.decode()
