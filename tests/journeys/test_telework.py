"""A chief sees who may telework and that it is fair; a seat that a transfer left empty heads the list."""

import io
from datetime import timedelta
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests import cast
from tests.cast import workforce as of_work
from tests.cast.browser import Accessible, Desk, go, press
from todoke.japanese.calendar import today
from todoke.organization.models import Tenure
from todoke.workforce.models import PromotionMember, SectionTask, TeleworkRule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_chief_sees_who_may_telework_and_that_it_is_fair(desk: Desk, accessible: Accessible) -> None:
    keeper, clerk, chief = cast.headquarters(), cast.clerk(), cast.chief()
    TeleworkRule.establish(
        by=keeper, valid_from=of_work.LONG_AGO, weekly_halves=2, on_site=0, newcomer_months=0, source="要領(例)"
    )
    task = SectionTask.describe(cast.department(), "証明の交付", 1000, "実測", by=chief)
    task.note_barrier("counter", 700, "郵送", by=chief)
    person, head = desk(clerk), desk(chief)
    go(person, "/office/telework/", accessible)
    person.locator("#id_on").fill(str(today()))
    person.locator("#id_tasks").fill("会議資料")
    press(person, "計画する", accessible)
    go(head, "/office/telework/?view=waiting", accessible)
    head.get_by_role("link", name=f"{today():%Y-%m-%d}").click()
    press(head, "承認する", accessible)
    go(person, "/office/telework/", accessible)
    person.locator("#id_on").fill(str(today() + timedelta(days=1 if today().weekday() < 6 else -1)))
    person.locator("#id_tasks").fill("会議資料")
    press(person, "計画する", accessible)
    assert person.get_by_text("1週間に1日までの定めです").first.is_visible()
    go(head, "/office/telework/suitability/", accessible)
    assert head.get_by_text("窓口で700分。なくなると、適性は100.0%になります").is_visible()
    assert head.get_by_role("heading", name="公平", exact=True).is_visible()
    [sheet] = PdfReader(io.BytesIO(head.pdf(format="A4", prefer_css_page_size=True))).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
    assert "窓口で700分" in "".join(normalize("NFKC", sheet.extract_text()).split())


def test_a_seat_that_a_transfer_left_empty_heads_the_list_until_the_chief_names_somebody(
    desk: Desk, accessible: Accessible
) -> None:
    keeper, clerk, chief = cast.headquarters(), cast.clerk(), cast.chief()
    following = cast.staff("次の人", "next@example.lg.jp")
    PromotionMember.nominate(cast.department(), clerk, agreed_minutes=240, by=chief)
    PromotionMember.nominate(cast.department("DX推進課", "1002"), keeper, agreed_minutes=240, by=keeper)
    Tenure.objects.filter(user=clerk).update(ends_on=today() - timedelta(days=1))
    board, head = desk(keeper), desk(chief)
    go(board, "/board/members/", accessible)
    assert board.locator("tbody th, tbody td").first.inner_text() == "戸籍住民課"
    go(head, "/office/", accessible)
    head.get_by_role("link", name="推進委員の空席").click()
    head.get_by_role("link", name="戸籍住民課").first.click()
    head.locator("#id_person").select_option(following.email)
    press(head, "推薦する", accessible)
    go(board, "/board/members/?state=vacant", accessible)
    assert board.get_by_text("条件に合うものはありません").is_visible()
