"""The headquarters: from minutes to the next agenda, an answer from a section, a page for the council, paper."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import cast
from tests.cast import meetings, systems
from tests.cast.browser import Accessible
from tests.cast.plans import indicator, plan
from todoke.meetings.models import Commitment, Meeting
from todoke.plans.card_series import import_series

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, email: str, to: str) -> None:
    with override_settings(ACCOUNT_EMAIL_VERIFICATION="optional"):
        page.goto(f"/accounts/login/?next={to}")
        page.fill("#id_login", email)
        page.fill("#id_password", "correct horse")
        page.press("#id_password", "Enter")
        page.wait_for_url(f"**{to}")


def test_the_secretariat_goes_from_minutes_to_the_next_agenda(
    desktop: Page, accessible: Accessible, tmp_path: Path
) -> None:
    by = meetings.secretary()
    meetings.meeting(by)
    cast.department()
    file = tmp_path / "minutes.txt"
    file.write_bytes(meetings.MINUTES.encode("cp932"))
    sign_in(desktop, by.email, "/board/meetings/dx-1/")
    desktop.click("text=会議録を取り込む")
    desktop.set_input_files("input[type=file]", str(file))
    desktop.click("text=読み取る")
    desktop.wait_for_url("**/suggestions/")
    accessible(desktop)
    while desktop.locator("button:has-text('採用する')").count():
        if desktop.input_value("#id_kind") != "decision":
            desktop.select_option("#id_department", label="戸籍住民課")
        desktop.click("button:has-text('採用する')")
        desktop.wait_for_load_state()
    desktop.click("text=会議に戻って")
    desktop.click("text=会議録を確定する")
    assert "確定しました" in desktop.inner_text("main")
    accessible(desktop)
    desktop.goto("/board/meetings/")
    desktop.select_option("#id_body", label="DX推進本部")
    desktop.fill("#id_held_on", "2026-08-04")
    desktop.click("button:has-text('予定する')")
    desktop.wait_for_url("**/meetings/dx-2/")
    agenda = desktop.inner_text("main")
    assert all(each.number in agenda for each in Commitment.objects.open())
    assert Meeting.objects.get(sequence=2).agenda.count() == 3


def test_a_section_answers_its_commitment_on_a_phone(phone: Page, accessible: Accessible) -> None:
    by, clerk = meetings.secretary(), cast.clerk()
    commitment = meetings.commitment(by, due=date(2026, 5, 31))
    where = f"/board/commitments/{commitment.number}/"
    sign_in(phone, clerk.email, where)
    accessible(phone)
    phone.fill("#id_text", "一覧を作り、公開しました。")
    phone.fill("#id_evidence", "オープンデータのページ")
    phone.click("button:has-text('回答する')")
    phone.wait_for_load_state()
    assert "事務局が確かめます" in phone.inner_text("main")
    assert Commitment.objects.get().status == Commitment.Status.ANSWERED


def test_the_council_reads_plans_and_promises_without_signing_in(phone: Page, accessible: Accessible) -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by)
    commitment.meeting.mark_held(by=by)
    commitment.meeting.confirm_record(by=by)
    made = plan()
    indicator(made).report(on=date(2026, 3, 31), missing_reason="集計中のため", by=by)
    made.publish(by=by)
    phone.goto("/board/public/council/")
    accessible(phone)
    text = phone.inner_text("main")
    assert commitment.number in text
    assert "集計中のため" in text
    assert "できる手続 / すべての手続" in text


def test_lists_promises_and_curves_print_on_paper(desktop: Page, accessible: Accessible) -> None:
    by = meetings.secretary()
    commitment = meetings.commitment(by, due=date(2026, 5, 31))
    system = systems.system()
    systems.promise(system)
    systems.outages(system, by)
    import_series(only=["131164"])
    sign_in(desktop, by.email, "/board/")
    accessible(desktop)
    for path, words in (
        ("/board/commitments/", commitment.number),
        ("/board/systems/jumin/levels/1/?period=2025-01", "95.19%"),
        ("/board/cards/", "107,127"),
        ("/board/incidents/2025-001/", "調査中"),
        ("/board/systems/jumin/", "契約と稼働の約束"),
        ("/board/changes/", "復元試験"),
        ("/board/systems/scores/", "年次評価"),
    ):
        desktop.goto(path)
        accessible(desktop)
        pages = PdfReader(io.BytesIO(desktop.pdf(format="A4", prefer_css_page_size=True))).pages
        text = "".join(page.extract_text() for page in pages)
        assert words in text, path
        assert "条件を外す" not in text
        assert abs(float(pages[0].mediabox.width) - 595) < 2


def test_an_outage_goes_from_the_first_call_to_the_page_that_residents_read(
    phone: Page, accessible: Accessible
) -> None:
    by = meetings.secretary()
    system = systems.system()
    sign_in(phone, by.email, "/board/incidents/")
    phone.click("text=障害を登録する")
    phone.select_option("#id_system", label=system.name)
    phone.fill("#id_title", "証明書が出せない")
    phone.fill("#id_detected_at", "2026-11-20T09:00")
    phone.fill("#id_symptoms", "証明書を発行できません。")
    phone.click("button:has-text('登録する')")
    phone.wait_for_url("**/incidents/2026-001/")
    phone.click("text=対応・事業者への求めを記録する")
    phone.select_option("#step_kind", "alternative")
    phone.fill("#step_text", "コンビニ交付をご利用ください")
    phone.click("details[open] button:has-text('記録する')")
    phone.click("button:has-text('区民(公開のページ)への案を作る')")
    phone.click("text=文を直す")
    accessible(phone)
    phone.fill("#id_subject", "証明書の発行を止めています")
    phone.click("button:has-text('直す')")
    phone.click("button:has-text('公開のページに出す')")
    accessible(phone)
    phone.context.clear_cookies()
    phone.goto("/board/public/stops/")
    accessible(phone)
    text = phone.inner_text("main")
    assert "証明書の発行を止めています" in text
    assert "コンビニ交付をご利用ください" in text


def test_a_plan_is_drawn_up_part_by_part(desktop: Page, accessible: Accessible) -> None:
    by = meetings.secretary()
    plan()
    sign_in(desktop, by.email, "/board/plans/dx/structure/")
    desktop.click("text=柱を登録する")
    desktop.fill("#id_position", "1")
    desktop.fill("#id_title", "行かなくてよい区役所")
    accessible(desktop)
    desktop.click("button:has-text('登録する')")
    desktop.wait_for_url("**/plans/dx/")
    desktop.click("text=組み立てる")
    accessible(desktop)
    assert "行かなくてよい区役所" in desktop.inner_text("main")
