"""An opinion from a phone becomes one approved answer, a changed clause, a promise kept and a measured indicator.

A member of the council follows it on a phone, every hop by one click there and one back. Another call meets an outage
in its last hour.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests import cast
from tests.cast import plans
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from tests.cast.voices import Hall, hall
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.plans.models import Indicator, Plan
from todoke.systems.models import Incident, InformationSystem
from todoke.voices.models import CommentGroup, Consultation
from todoke.voices.tasks import close_consultations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "駅前の駐輪場は朝の七時に満車です。台数をもっと増やしてください。"
SUMMARY = "駅前の駐輪場の台数を増やしてほしい"
DECIDED = "駅前に有料の駐輪場を百五十台分つくります。"


@dataclass
class Office:
    """The desks of the section and of the secretariat."""

    clerk: Page
    second: Page
    chief: Page
    secretary: Page


def asked(place: Hall) -> Consultation:
    """A draft on which opinions are taken until tomorrow."""
    return place.announced(
        opens_on=today() - timedelta(days=20), closes_on=today() + timedelta(days=1), closed_day_choice="same"
    )


def speak(phone: Page, check: Accessible) -> None:
    """A resident without an account writes to one clause of the draft."""
    go(phone, "/voices/", check)
    follow(phone, phone.get_by_role("link", name="意見募集(パブリックコメント)").first)
    check(phone)
    follow(phone, phone.get_by_role("link", name="みらい区まちづくり計画(案)"))
    check(phone)
    follow(phone, phone.get_by_role("link", name="この段落に意見を書く").first)
    phone.fill("#id_text", WORDS)
    press(phone, "意見を送る", check)
    assert phone.get_by_text("期限までに届きました。").is_visible()


def end_period(of: Consultation) -> None:
    """The last day goes by."""
    past = timezone.now() - timedelta(hours=1)
    Consultation.objects.filter(pk=of.pk).update(closes_on=today() - timedelta(days=1))
    of.channels.update(last_at=past)


def group(clerk: Page, check: Accessible, of: Consultation) -> None:
    """The clerk closes the intake and puts the opinion into a group."""
    go(clerk, f"/office/consultations/{of.number}/", check)
    press(clerk, "募集を締め切って検討を始める", check)
    follow(clerk, clerk.get_by_role("link", name="まとまりに入っていない意見"))
    check(clerk)
    follow(clerk, clerk.get_by_role("link", name=WORDS))
    check(clerk)
    clerk.fill("#id_summary", SUMMARY)
    press(clerk, "このまとまりに入れる", check)


def read_twice(office: Office, check: Accessible, of: Consultation) -> None:
    """One clerk reads what may be published, another confirms it."""
    for page, button in (
        (office.clerk, "これで残す(伏せるところがないときも押す)"),
        (office.second, "二人目として、これでよいと確かめる"),
    ):
        go(page, f"/office/consultations/{of.number}/", check)
        follow(page, page.get_by_role("link", name="二人目が確かめていない意見"))
        check(page)
        follow(page, page.locator("tbody th a").first)
        check(page)
        press(page, button, check)


def answer(office: Office, check: Accessible, of: Consultation) -> None:
    """The clerk answers the group and changes the clause; the chief approves; the result is published."""
    clerk = office.clerk
    go(clerk, f"/office/consultations/{of.number}/answers/", check)
    unfold(clerk, "区の考え方を書く")
    clerk.locator("select[name=kind]").first.select_option("changed")
    clerk.locator("textarea[name=text]").first.fill("百五十台分とするように、案を直します。")
    press(clerk, "この考え方を残す", check)
    follow(clerk, clerk.get_by_role("link", name="案を直していない「修正」のまとまり"))
    check(clerk)
    unfold(clerk, "この段落を直す")
    clerk.locator("textarea[name=body]").first.fill(DECIDED)
    clerk.locator("select[name=group]").first.select_option(label=SUMMARY)
    press(clerk, "この文に直す", check)
    go(clerk, f"/office/consultations/{of.number}/answers/", check)
    press(clerk, "すべての区の考え方を決裁に回す", check)
    go(office.chief, "/office/proposals/", check)
    follow(office.chief, office.chief.locator("tbody th a").first)
    check(office.chief)
    follow(office.chief, office.chief.locator("form[action$='/approval/'] button"))
    go(clerk, f"/office/consultations/{of.number}/", check)
    press(clerk, "結果を公表する", check)


def promise(place: Hall, by: User) -> Commitment:
    """The headquarters meeting takes the answer up as a promise, and its record is confirmed."""
    body = Body.objects.create(code="dx", name="DX推進本部")
    meeting = Meeting.plan(body=body, held_on=today(), by=by)
    made = Commitment.create(meeting=meeting, what="駐輪場を百五十台分つくる", department=place.section, by=by)
    meeting.mark_held(by=by)
    meeting.confirm_record(by=by)
    return made


def figure() -> Indicator:
    """The indicator of the plan in force."""
    made = plans.indicator(plans.plan(), numerator="使える台数", denominator="必要な台数")
    Plan.objects.update(status="published")
    return made


def link(clerk: Page, check: Accessible, of: Consultation, commitment: Commitment, indicator: Indicator) -> None:
    """The clerk says what the answer led to."""
    for field, row in (("commitment", commitment), ("indicator", indicator)):
        go(clerk, f"/office/consultations/{of.number}/answers/", check)
        follow(clerk, clerk.get_by_role("link", name="計画や約束につなぐ").first)
        check(clerk)
        clerk.select_option(f"#id_{field}", str(row.pk))
        clerk.fill("#id_reason", "この意見への答えによる")
        press(clerk, "つなぐ", check)


def keep(secretary: Page, check: Accessible, commitment: Commitment, indicator: Indicator) -> None:
    """The promise is kept and its indicator measured; both pages name the voice."""
    go(secretary, f"/board/commitments/{commitment.number}/", check)
    assert secretary.get_by_role("link", name=SUMMARY).is_visible()
    secretary.fill("#fulfil_result", "つくりました")
    secretary.fill("#fulfil_evidence", "完成の検査の調書")
    press(secretary, "完了にする", check)
    go(secretary, f"/board/indicators/{indicator.code}/", check)
    assert secretary.get_by_role("link", name=SUMMARY).is_visible()
    for name, text in {"on": str(today() + timedelta(days=1)), "numerator": "150", "denominator": "200"}.items():
        secretary.fill(f"#id_{name}", text)
    secretary.fill("#id_denominator_on", str(today()))
    press(secretary, "記録する", check)


def there_and_back(phone: Page, check: Accessible, name: str) -> str:
    """Follow one hop of the chain and return by one click; returns what stood there."""
    chain = phone.url.partition("#")[0]
    path = f"/{chain.split('/', 3)[3]}"
    follow(phone, phone.locator("main ol").get_by_role("link", name=name))
    check(phone)
    said = phone.inner_text("main")
    follow(phone, phone.locator(f"main a[href='{path}']").first)
    assert phone.url.partition("#")[0] == chain
    return said


def test_an_opinion_travels_to_a_measured_promise_and_the_council_follows_it_on_a_phone(
    phone: Page, desk: Desk, accessible: Accessible
) -> None:
    place, by = hall(), cast.headquarters()
    of = asked(place)
    office = Office(desk(place.clerk), desk(place.second), desk(place.chief), desk(by))
    speak(phone, accessible)
    end_period(of)
    group(office.clerk, accessible, of)
    read_twice(office, accessible, of)
    answer(office, accessible, of)
    commitment, indicator = promise(place, by), figure()
    link(office.clerk, accessible, of, commitment, indicator)
    keep(office.secretary, accessible, commitment, indicator)

    go(phone, "/board/public/council/", accessible)
    follow(phone, phone.get_by_role("link", name="声のゆくえ", exact=True))
    accessible(phone)
    follow(phone, phone.get_by_role("link", name=SUMMARY))
    accessible(phone)
    assert CommentGroup.objects.get().summary in phone.inner_text("h1")
    result = there_and_back(phone, accessible, f"{SUMMARY}(1件)")
    assert WORDS in result
    assert "追加:" in result
    assert "百五十台分とするように" in there_and_back(phone, accessible, "百五十台分とするように、案を直します。")
    assert "案の直したところ" in there_and_back(phone, accessible, "1 駐輪場")
    assert "完成の検査の調書" in there_and_back(phone, accessible, "駐輪場を百五十台分つくる")
    assert "使える台数" in there_and_back(phone, accessible, indicator.name)


def prepared(clerk: Page, check: Accessible, place: Hall) -> Consultation:
    """The clerk settles the ways of a draft, plans a briefing and announces it."""
    of = place.drafted(
        opens_on=today() - timedelta(days=20), closes_on=today() - timedelta(days=1), closed_day_choice="same"
    )
    go(clerk, f"/office/consultations/{of.number}/", check)
    follow(clerk, clerk.get_by_role("link", name="提出方法とあて先を確かめる"))
    check(clerk)
    clerk.locator("summary", has_text="直す").nth(1).click()
    clerk.fill("#id_mail_address", "plan@city.example.lg.jp")
    follow(clerk, clerk.locator("form[action$='/ways/mail/'] button"))
    check(clerk)
    go(clerk, f"/office/consultations/{of.number}/briefings/", check)
    clerk.fill("#id_starts_at", f"{today() - timedelta(days=10)}T18:30")
    clerk.fill("#id_place", "区民会館")
    press(clerk, "説明会を加える", check)
    go(clerk, f"/office/consultations/{of.number}/", check)
    press(clerk, "公示する", check)
    return of


def fail(of: Consultation, by: User) -> None:
    """The page of the municipality stands still around the end of the period, which the register of systems notes."""
    last = of.channels.get(channel="web").last_at
    system = InformationSystem.objects.create(code="todoke", name="手続の窓口", department=of.department, vendor="架空")
    incident = Incident.open(system=system, title="窓口の停止", symptoms="開けない", detected_at=last, by=by)
    incident.outages.create(starts_at=last - timedelta(minutes=20), ends_at=last + timedelta(minutes=10))


def test_whoever_was_kept_out_by_an_outage_is_in_time_after_the_extension(
    phone: Page, desk: Desk, accessible: Accessible
) -> None:
    place, by = hall(), cast.headquarters()
    clerk = desk(place.clerk)
    of = prepared(clerk, accessible, place)
    fail(of, by)
    go(phone, f"/consultations/{of.number}/opinion/", accessible)
    assert phone.get_by_text("募集の期限を過ぎています").is_visible()
    phone.fill("#id_text", WORDS)
    press(phone, "意見を送る", accessible)
    receipt = phone.url
    assert phone.get_by_text("期限の後に届きました").is_visible()

    go(clerk, f"/office/consultations/{of.number}/ways/", accessible)
    clerk.select_option("#id_system", index=1)
    press(clerk, "登録して、停止の記録で判断し直す", accessible)
    close_consultations.call()
    go(clerk, f"/office/consultations/{of.number}/", accessible)
    assert clerk.get_by_text("間に合わなかったかもしれない受付は1件です").is_visible()
    follow(clerk, clerk.get_by_role("link", name="一覧を見る"))
    accessible(clerk)
    assert clerk.locator("tbody tr").count() == 1
    go(clerk, f"/office/consultations/{of.number}/", accessible)
    clerk.fill("#id_after", str(today() + timedelta(days=3)))
    clerk.fill("#id_reason", "締切の直前にホームページが止まったため")
    press(clerk, "延長を公示する", accessible)

    go(phone, receipt, accessible)
    assert phone.get_by_text("期限までに届きました。").is_visible()
    go(phone, f"/consultations/{of.number}/", accessible)
    assert phone.get_by_text("締切の直前にホームページが止まったため").is_visible()
    assert phone.get_by_role("link", name="意見を書く", exact=True).is_visible()


TABLE = """受付日時,お名前,提出者番号,該当箇所,ご意見
2025/02/10 9:30,山田 花子,1,1 駐輪場,駐輪上を増やしてください。
2025/02/10 9:30,山田 花子,1,2 図書館,図書館を遅くまで開けてください。
きのう,,2,,歩道を広げてください。
""".encode("cp932")


def test_a_clerk_brings_her_own_table_and_puts_a_typing_error_right(desk: Desk, accessible: Accessible) -> None:
    place = hall()
    of, clerk = place.announced(), desk(place.clerk)
    go(clerk, f"/office/consultations/{of.number}/receipts/", accessible)
    follow(clerk, clerk.get_by_role("link", name="表から登録する"))
    accessible(clerk)
    clerk.set_input_files("#id_file", {"name": "意見.csv", "mimeType": "text/csv", "buffer": TABLE})
    clerk.select_option("#id_channel", "post")
    press(clerk, "読んで、登録する受付を見る", accessible)
    assert "登録する受付は1件(意見は2件)" in clerk.inner_text("main")
    assert "4行目: 届いた日時「きのう」は読めません" in clerk.inner_text("main")
    press(clerk, "確かめた受付を登録する", accessible)
    assert clerk.get_by_text("1件の受付を、表から登録しました。").is_visible()
    follow(clerk, clerk.locator("tbody th a").first)
    accessible(clerk)
    unfold(clerk, "書き起こしの誤りを直す")
    clerk.locator("#id_text").fill(clerk.locator("#id_text").input_value().replace("駐輪上", "駐輪場"))
    clerk.locator("form[action$='/correction/'] [name=reason]").fill("書き写しの誤り")
    press(clerk, "この文に直す", accessible)
    assert [each.text.strip() for each in of.points.order_by("start")] == [
        "駐輪場を増やしてください。", "図書館を遅くまで開けてください。"
    ]  # fmt: skip
