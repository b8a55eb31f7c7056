"""A section runs a call for opinions on its pages: rule, ways, register, groups, answers by table, decided draft."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast.voices import Hall, hall, moment, sent
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.office.voices.forms.answer_tables import ReadAnswerForm
from todoke.spreadsheets.writer import xlsx_file
from todoke.systems.models import Incident, InformationSystem
from todoke.voices.answer_workbook import MOST
from todoke.voices.models import CommentGroup, Consultation, ConsultationRule, TextChange
from todoke.voices.response_table import HEADS
from todoke.voices.tasks import close_consultations

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Hall:
    return hall()


@pytest.fixture
def desk(place: Hall) -> Client:
    client = Client()
    client.force_login(place.clerk)
    return client


def test_the_records_section_registers_a_version_and_others_read_it(place: Hall, desk: Client) -> None:
    given = {
        "title": place.rule.title, "applies_to": "plan", "minimum_days": "30", "counted_from": "notice",
        "retention_years": "3", "valid_from": "2026-04-01",
    }  # fmt: skip
    assert desk.post("/office/consultations/rules/registration/", given).status_code == 403
    keeper = Client()
    keeper.force_login(User.objects.get(email="records@example.lg.jp"))
    keeper.post("/office/consultations/rules/registration/", given)
    versions = ConsultationRule.objects.filter(title=place.rule.title).order_by("valid_from")
    assert [(each.minimum_days, each.valid_until) for each in versions] == [(14, date(2026, 3, 31)), (30, None)]
    page = desk.get("/office/consultations/rules/").content.decode()
    assert "30日以上" in page
    assert "版を登録する" not in page
    overlapping = keeper.post("/office/consultations/rules/registration/", given | {"valid_from": "2026-03-01"})
    assert "同じ日かそれより後に始まる版があります" in overlapping.content.decode()


def test_the_ways_are_settled_before_the_notice(place: Hall, desk: Client) -> None:
    of = place.drafted()
    base = f"/office/consultations/{of.number}/ways/"
    desk.post(f"{base}fax/", {})
    desk.post(f"{base}mail/", {"offered": "on", "address": "plan@city.example.lg.jp"})
    desk.post(f"{base}post/", {"offered": "on", "basis": "postmark", "arrival_limit": "2025-03-07"})
    refused = desk.post(f"{base}oral/", {"offered": "on"}, follow=True).content.decode()
    assert "根拠では使えません" in refused
    found = {each.channel: (each.address, each.basis) for each in of.channels.all()}
    assert "fax" not in found
    assert (found["mail"][0], found["post"][1]) == ("plan@city.example.lg.jp", "postmark")
    of.announce(by=place.clerk)
    late = desk.post(f"{base}mail/", {"offered": "on", "address": "other@example.jp"}, follow=True).content.decode()
    assert "公示済み" in late
    assert "plan@city.example.lg.jp" in Client().get(f"/consultations/{of.number}/").content.decode()


def test_an_outage_in_the_last_hour_leaves_the_end_to_a_person_who_extends_it(place: Hall, desk: Client) -> None:
    of = place.announced(
        opens_on=today() - timedelta(days=20), closes_on=today() - timedelta(days=1), closed_day_choice="same"
    )
    last = of.channels.get(channel="web").last_at
    kept_out = sent(of, "停止で送れなかった", str(timezone.localtime(last) + timedelta(minutes=15))[:19])
    assert kept_out.timeliness.standing == "late"
    system = InformationSystem.objects.create(code="todoke", name="窓口", department=place.section, vendor="架空")
    incident = Incident.open(system=system, title="窓口の停止", symptoms="開けない", detected_at=last, by=place.clerk)
    incident.outages.create(starts_at=last - timedelta(minutes=20), ends_at=last + timedelta(minutes=10))
    page = desk.post(f"/office/consultations/{of.number}/ways/system/", {"system": system.pk}, follow=True)
    assert "判断が変わった受付は1件です。" in page.content.decode()
    assert close_consultations.call() == 0
    shown = desk.get(f"/office/consultations/{of.number}/").content.decode()
    assert "締切前の24時間に、ホームページが止まりました" in shown
    assert "間に合わなかったかもしれない受付は1件です" in shown
    given = {"after": str(today() + timedelta(days=3)), "reason": "停止のため", "incident": incident.pk}
    desk.post(f"/office/consultations/{of.number}/extension/", given)
    kept_out.timeliness.refresh_from_db()
    assert kept_out.timeliness.standing == "timely"
    public = Client().get(f"/consultations/{of.number}/").content.decode()
    assert "停止のため" in public
    assert "意見を書く" in public
    assert of.extensions.get().incident == incident


def test_an_outage_that_is_reported_after_the_end_opens_the_call_again(place: Hall, desk: Client) -> None:
    of = place.announced()
    sent(of, "間に合った")
    assert close_consultations.call() == 1
    given = {"after": str(today() + timedelta(days=3)), "reason": "停止のため"}
    desk.post(f"/office/consultations/{of.number}/extension/", given)
    of.refresh_from_db()
    assert (of.status, of.texts.count()) == ("announced", 1)
    Consultation.objects.update(closes_on=of.opens_on)
    of.refresh_from_db()
    of.begin_answering(by=place.clerk)
    place.grouped(of, "まとまり").answer(kind="later", text="参考とします。", by=place.clerk)
    refused = desk.post(f"/office/consultations/{of.number}/extension/", given, follow=True).content.decode()
    assert "もう書かれています" in refused


def test_a_group_shows_its_opinions_and_the_way_to_its_answer(place: Hall, desk: Client) -> None:
    of = place.announced()
    for n in range(60):
        sent(of, f"駐輪場を増やしてください。{n}番目の理由です。")
    group = place.grouped(of, "駐輪場を増やす", "c01")
    page = desk.get(f"/office/consultations/{of.number}/opinions/groups/{group.pk}/")
    assert len(page.context["lines"]) == 50
    following = desk.get(page.request["PATH_INFO"], {"after": page.context["following"]})
    assert len(following.context["lines"]) == 10
    assert f"/answers/#group-{group.pk}" in page.content.decode()
    desk.post(f"{page.request['PATH_INFO']}summary/", {"summary": "駐輪場の台数", "seen": "駐輪場を増やす"})
    assert CommentGroup.objects.get().summary == "駐輪場の台数"
    other = desk.post(f"{page.request['PATH_INFO']}summary/", {"summary": "別", "seen": "駐輪場を増やす"}, follow=True)
    assert "ほかの人が先に直しました" in other.content.decode()


def test_a_paper_is_entered_once_with_its_clause_which_is_put_right_later(place: Hall, desk: Client) -> None:
    of = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    given = {
        "channel": "post", "arrived_at": f"{today()}T09:00", "postmark": "none", "clause": "c02", "name": "山田 花子",
        "address": "一丁目", "text": "もっと遅くまで開けてください。",
    }  # fmt: skip
    desk.post(f"/office/consultations/{of.number}/receipts/entry/", given)
    point = of.points.get()
    assert (point.clause, point.comment.sender.address) == ("c02", "一丁目")
    desk.post(f"/office/consultations/{of.number}/opinions/{point.pk}/clause/", {"clause": "c03"})
    point.refresh_from_db()
    assert point.clause == "c03"


def test_a_returned_table_is_shown_before_it_is_taken(place: Hall, desk: Client) -> None:
    of = place.announced()
    sent(of, "駐輪場を増やす", clause="c01")
    of.begin_answering(by=place.clerk)
    group = place.grouped(of, "駐輪場を増やす", "c01")
    rows = [[1, "", "駐輪場を増やす", 1, "今後の参考とします", "検討します。", ""]]
    file = SimpleUploadedFile("答え.xlsx", xlsx_file(HEADS, rows))
    base = f"/office/consultations/{of.number}/answers/"
    shown = desk.post(f"{base}reading/", {"file": file})
    assert "変わる行は1件" in shown.content.decode()
    assert CommentGroup.objects.filter(response=None).count() == 1
    line = shown.context["lines"][0][1]
    given = {line.add_prefix(name): field.initial or line.initial.get(name, "") for name, field in line.fields.items()}
    given |= {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"}
    assert "1件の区の考え方を取り込みました。" in desk.post(f"{base}import/", given, follow=True).content.decode()
    group.refresh_from_db()
    assert (group.response.kind, group.response.text) == ("later", "検討します。")
    again = desk.post(f"{base}import/", given, follow=True).content.decode()
    assert "ほかの人が先に書きました" in again
    unreadable = desk.post(f"{base}reading/", {"file": SimpleUploadedFile("a.xlsx", b"\0")})
    assert unreadable.status_code == 422


def test_clauses_are_added_and_left_out_on_the_page_of_the_draft(place: Hall, desk: Client) -> None:
    of = place.announced()
    of.begin_answering(by=place.clerk)
    base = f"/office/consultations/{of.number}/text/"
    seen = of.texts.get(version=1).clauses.get(key="c03").body
    desk.post(f"{base}addition/", {"behind": "c01", "heading": "保育", "body": "始めます。", "reason": "法の改正"})
    desk.post(f"{base}c03/removal/", {"seen": seen, "reason": "重なるため"})
    page = desk.get(base).content.decode()
    assert "削りました" in page
    assert [str(each) for each in TextChange.objects.order_by("pk")] == ["保育", "3 公園"]
    refused = desk.post(f"{base}c02/removal/", {"seen": "図書館の開館時間を午後八時までとします。"}, follow=True)
    assert "区が自ら直す理由を書いてください" in refused.content.decode()


def test_a_clause_of_two_lines_is_changed_as_a_browser_sends_it_back(place: Hall, desk: Client) -> None:
    of = place.drafted()
    of.texts.get(version=0).write([("1", "駐輪場", "百台分つくります。\n屋根を付けます。")], by=place.clerk)
    of.announce(by=place.clerk)
    of.begin_answering(by=place.clerk)
    given = {
        "seen": "百台分つくります。\r\n屋根を付けます。",
        "body": "百台分つくります。\r\n照明も付けます。",
        "reason": "安全のため",
    }
    desk.post(f"/office/consultations/{of.number}/text/c01/", given)
    assert "照明も付けます" in of.texts.get(version=1).clauses.get().body


@pytest.mark.parametrize("page", ["", "receipts/", "receipts/?sort=-arrived", "comments/", "opinions/", "answers/"])
def test_a_page_asks_the_same_number_of_questions_however_many_arrived(place: Hall, desk: Client, page: str) -> None:
    of = place.announced()
    address = f"/office/consultations/{of.number}/{page}"
    asked = []
    for number in (3, 30):
        for n in range(number):
            at = moment("2025-02-10 12:00:00") + timedelta(minutes=n)
            sent(of, f"{page}意見{number}-{n}", str(at)[:19], channel=("web", "mail")[n % 2], by=place.clerk)
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0


def test_the_longest_table_of_answers_fits_into_one_form() -> None:
    assert len(ReadAnswerForm.base_fields) * MOST + 10 <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_typing_error_of_a_paper_is_put_right_on_its_page_and_the_scan_stands_beside_the_words(
    place: Hall, desk: Client
) -> None:
    of = place.announced()
    scan = ContentFile(b"%PDF-1.7 scan", "scan.pdf")
    row = sent(
        of, "駐輪上を増やしてください。", channel="post", by=place.clerk, scan=scan, sender={"name": "山田 花子"}
    )
    page = f"/office/consultations/{of.number}/receipts/{row.sequence}/"
    shown = desk.get(page).content.decode()
    assert all(words in shown for words in ("山田 花子", "佐藤 企画", "書き起こしの誤りを直す", "続けて"))
    given = {"text": "駐輪場を増やしてください。", "seen": "駐輪上を増やしてください。", "reason": "書き写しの誤り"}
    after = desk.post(f"{page}correction/", given, follow=True).content.decode()
    assert "公開のもとになる文" in after
    comment = desk.get(f"/office/consultations/{of.number}/comments/{row.comment_id}/").content.decode()
    assert "駐輪場を増やしてください。" in comment
    assert "届いた紙の写しと読み比べる" in comment
    sent(of, "公園を明るく。")
    web = desk.get(f"/office/consultations/{of.number}/receipts/2/").content.decode()
    assert "書き起こしの誤りを直す" not in web


def test_each_reader_is_led_to_what_they_can_read_next(place: Hall, desk: Client) -> None:
    of = place.announced()
    first, second = sent(of, "一つ目です。").comment, sent(of, "二つ目です。").comment
    base = f"/office/consultations/{of.number}/comments/"
    first.mask([], by=place.clerk)
    assert f"{base}{second.pk}/" in desk.get(f"{base}{first.pk}/").content.decode()
    second.mask([], by=place.clerk)
    assert "あなたが読む意見は、ほかにありません" in desk.get(f"{base}{first.pk}/").content.decode()
    other = Client()
    other.force_login(place.second)
    assert f"{base}{second.pk}/" in other.get(f"{base}{first.pk}/").content.decode()
