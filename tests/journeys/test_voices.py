"""One opinion from a phone without scripts to a changed plan, a promise and its figure, and every hop back."""

import os
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import cast
from tests.cast import plans, voices
from tests.cast.browser import Accessible, Desk, follow, go, press, unfold
from tests.cast.voices import Hall
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.meetings.models import Body, Commitment, Meeting
from todoke.plans.models import Indicator, Plan
from todoke.voices.models import CommentGroup, Consultation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPINION = "私は山田太郎です。駅前の駐輪場は百台では足りません。"


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody asked for one."""
    if folder := os.environ.get("TODOKE_PICTURES"):
        page.screenshot(path=str(Path(folder, f"{name}.png")), full_page=True)


def speak(phone: Page, of: Consultation) -> None:
    """A resident without an account and without scripts comments on a clause."""
    phone.goto("/consultations/")
    follow(phone, phone.get_by_role("link", name=of.title))
    picture(phone, "phone-consultation")
    follow(phone, phone.get_by_role("link", name="この段落に意見を書く(1 駐輪場)"))
    phone.fill("#id_text", OPINION)
    picture(phone, "phone-opinion")
    follow(phone, phone.get_by_role("button", name="意見を送る"))
    assert "期限までに届きました" in phone.inner_text("main")
    picture(phone, "phone-receipt")


def group_and_answer(page: Page, of: Consultation, accessible: Accessible) -> None:
    """A clerk masks the name, groups the opinion, answers it and changes the draft."""
    base = f"/office/consultations/{of.number}/"
    go(page, f"{base}comments/", accessible)
    follow(page, page.get_by_role("link", name=OPINION[:10]))
    accessible(page)
    picture(page, "desk-masks")
    press(page, "これで残す(伏せるところがないときも押す)", accessible)
    go(page, f"{base}opinions/", accessible)
    picture(page, "desk-opinions")
    follow(page, page.get_by_role("link", name=OPINION))
    page.fill("#id_summary", "駐輪場を増やしてほしい")
    press(page, "このまとまりに入れる", accessible)
    go(page, f"{base}answers/", accessible)
    unfold(page, "区の考え方を書く")
    page.locator("select[name=kind]").first.select_option("changed")
    page.locator("textarea[name=text]").first.fill("百五十台分とします。")
    press(page, "この考え方を残す", accessible)
    go(page, f"{base}text/", accessible)
    unfold(page, "この段落を直す")
    page.locator("textarea[name=body]").first.fill("駅前に有料の駐輪場を百五十台分つくります。")
    page.locator("select[name=group]").first.select_option(label="駐輪場を増やしてほしい")
    press(page, "この文に直す", accessible)
    picture(page, "desk-text")


def check_and_publish(place: Hall, desk: Desk, of: Consultation, accessible: Accessible) -> None:
    """A second clerk reads what is published, the chief approves, and the result is published."""
    base = f"/office/consultations/{of.number}/"
    second = desk(place.second)
    go(second, f"{base}comments/", accessible)
    follow(second, second.get_by_role("link", name=OPINION[:10]))
    press(second, "二人目として、これでよいと確かめる", accessible)
    clerk = desk(place.clerk)
    go(clerk, f"{base}answers/", accessible)
    picture(clerk, "desk-answers")
    press(clerk, "すべての区の考え方を決裁に回す", accessible)
    CommentGroup.objects.get().response.proposal.approve(by=place.chief)  # type: ignore[union-attr]  # just proposed
    go(clerk, base, accessible)
    picture(clerk, "desk-consultation")
    press(clerk, "結果を公表する", accessible)


def promised(place: Hall, secretary: User) -> Commitment:
    """The next meeting promises it, and a plan has an indicator for it."""
    body = Body.objects.create(code="dx", name="DX推進本部")
    meeting = Meeting.plan(body=body, held_on=date(2026, 4, 1), by=secretary)
    made = Commitment.create(meeting=meeting, what="駐輪場を百五十台分つくる", department=place.section, by=secretary)
    meeting.mark_held(by=secretary)
    meeting.confirm_record(by=secretary)
    plans.indicator(plans.plan(), name="駅前の駐輪場の台数", unit="count")
    Plan.objects.update(status="published")
    return made


def link(page: Page, group: CommentGroup, field: str, words: str, accessible: Accessible) -> None:
    go(page, f"/office/voice-links/opinion/{group.pk}/", accessible)
    page.select_option(f"#id_{field}", label=words)
    page.fill("#id_reason", "この意見を受けて決めた")
    press(page, "つなぐ", accessible)


def read_the_chain(phone: Page, accessible: Accessible) -> None:
    """A council member follows every hop on a phone, and comes back from each by one link."""
    go(phone, "/board/public/voices/", accessible)
    picture(phone, "phone-council")
    follow(phone, phone.get_by_role("link", name="駐輪場を増やしてほしい"))
    accessible(phone)
    picture(phone, "phone-chain")
    chain, hops = phone.url, phone.locator("main ol > li a").count()
    assert hops == 5
    for at in range(hops):
        phone.goto(chain)
        phone.locator("main ol > li a").nth(at).click()
        phone.wait_for_url(lambda url: url != chain)
        accessible(phone)
        picture(phone, f"phone-hop-{at}")
        path = chain.split("/", 3)[3]
        follow(phone, phone.locator(f'a[href="/{path}"]').first)
        assert phone.url == chain


def test_an_opinion_travels_to_a_measured_promise_and_back(
    phone_without_scripts: Page, phone: Page, desk: Desk, accessible: Accessible
) -> None:
    place = voices.hall()
    of = place.announced(opens_on=today(), closes_on=today() + timedelta(days=20), closed_day_choice="same")
    speak(phone_without_scripts, of)
    of.begin_answering(by=place.clerk)
    group_and_answer(desk(place.clerk), of, accessible)
    check_and_publish(place, desk, of, accessible)
    secretary = cast.headquarters()
    commitment, group = promised(place, secretary), CommentGroup.objects.get()
    page = desk(secretary)
    link(page, group, "commitment", str(commitment), accessible)
    link(page, group, "indicator", "駅前の駐輪場の台数", accessible)
    commitment.fulfil(evidence="完成の検査", result="百五十台分をつくりました。", by=secretary)
    Indicator.objects.get().report(on=today() + timedelta(days=1), value=Decimal(150), by=secretary)
    read_the_chain(phone, accessible)
    assert "山田太郎" not in phone.content()
