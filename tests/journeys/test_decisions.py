"""A purchase above the section: the clerk drafts, the chief passes it on, the deputy decides, the auditor reads.

The director is on leave and reads afterwards; the decision becomes a record, and its copy withholds a name.
"""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests import cast
from tests.cast import approvals
from tests.cast.browser import Accessible, Desk, follow, go, press
from todoke.accounts.actors import System
from todoke.approvals.approval_rules import (
    ABOVE,
    ANY,
    CIRCULATE,
    CONSULT,
    DECIDE,
    ApprovalRules,
    DecisionClassRule,
    StopRule,
)
from todoke.approvals.models import Proposal, Route
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.records.models import RecordFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELLER = "迦楼羅商店の山田花子"
PURCHASE = {
    "title": "窓口の案内表示機", "amount": "1320000", "purpose": f"待ち人数を外から確かめる。見積りは{SELLER}による。",
}  # fmt: skip
CHAIN = [
    StopRule(1, CONSULT, Post.Role.CHIEF), StopRule(2, DECIDE, Post.Role.DIRECTOR, ABOVE),
    StopRule(3, CIRCULATE, Post.Role.AUDITOR, ANY),
]  # fmt: skip


def draft(clerk: Page, check: Accessible) -> str:
    """The clerk writes the purchase down and sends it up."""
    go(clerk, "/office/procurements/new/", check)
    for name, text in PURCHASE.items():
        clerk.fill(f"[name={name}]", text)
    clerk.select_option("[name=kind]", "other")
    press(clerk, "内容を確かめる", check)
    clerk.select_option("[name=route]", index=1)
    press(clerk, "起案する", check)
    return str(Proposal.objects.get().number)


def go_on_leave(director: Page, check: Accessible) -> None:
    """The director names a deputy and says until when nobody sits at the desk."""
    go(director, "/office/absences/", check)
    for name in ("post", "deputy"):
        director.locator(f"form[action$='/deputy/'] select[name={name}]").select_option(index=1)
    press(director, "代決者を加える", check)
    form = director.locator("form[action$='/announcement/']")
    form.locator("[name=starts_on]").fill(str(today()))
    form.locator("[name=ends_on]").fill(str(today() + timedelta(days=3)))
    form.locator("[name=reason]").fill("休暇")
    press(director, "不在を届ける", check)


def open_first(page: Page, tab: str, check: Accessible) -> None:
    go(page, f"/office/proposals/?view={tab}", check)
    follow(page, page.locator("tbody th a").first)
    check(page)


def downloaded(page: Page, address: str, to: Path) -> Path:
    """Fetch the file behind a link of the page as the person would."""
    link = page.locator(f"a[href$='{address}']").first.get_attribute("href")
    to.write_bytes(page.request.get(str(link)).body())
    return to


def pictures(pdf: Path) -> list[bytes]:
    """Every page of a PDF as a grey picture, one byte a dot."""
    subprocess.run(["pdftoppm", "-gray", "-r", "72", pdf, pdf.with_suffix("")], check=True)
    found = sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))
    return [page.read_bytes().split(b"\n255\n", 1)[1] for page in found]


def blackest_run(picture: bytes) -> int:
    """The longest row of black dots: letters have short ones, a bar has a long one."""
    return max(len(run) for run in "".join("#" if dot < 40 else " " for dot in picture).split())


def decide(director: Page, chief: Page, second: Page, check: Accessible) -> None:
    """The chief passes it on; the deputy decides; the director comes back and reads it."""
    open_first(chief, "waiting", check)
    press(chief, "承認する", check)
    open_first(second, "waiting", check)
    assert second.get_by_text("不在のため、代決できます").is_visible()
    press(second, "代決する", check)
    assert Proposal.objects.get().status == Proposal.Status.APPROVED
    go(director, "/office/absences/", check)
    press(director, "復帰する", check)
    open_first(director, "unread", check)
    press(director, "後閲する", check)


def audit(auditor: Page, check: Accessible, number: str, folder: Path) -> Path:
    """The auditor reads and prints the 決裁文書, which says who decided in which capacity."""
    open_first(auditor, "waiting", check)
    press(auditor, "読んだと記録する", check)
    sheet = downloaded(auditor, f"/{number}/document/", folder / "sheet.pdf")
    words = "".join("".join(page.extract_text() for page in PdfReader(sheet).pages).split())
    for part in ("鈴木課長", "渡辺次長", "代決", "後閲済み(高橋部長)", "松本監査", number):
        assert part in words, part
    return sheet


def disclose(chief: Page, check: Accessible, number: str, folder: Path) -> Path:
    """The chief withholds the seller and prints the copy; the seller is nowhere in it."""
    go(chief, f"/office/records/{number}/", check)
    chief.locator("summary", has_text="不開示の部分を決める").first.click()
    withheld = chief.locator("form[action$='/passage/']").first
    withheld.locator("[name=words]").fill(SELLER)
    withheld.locator("[name=ground]").select_option("corporate")
    press(chief, "不開示にする", check)
    copy = downloaded(chief, f"/{number}/disclosure/", folder / "copy.pdf")
    text = subprocess.run(["pdftotext", copy, "-"], check=True, capture_output=True, text=True).stdout
    assert "待ち人数を外から確かめる" in "".join(text.split())
    assert not any(part in text for part in (SELLER, "迦楼羅", "山田", "花子"))
    return copy


def test_a_purchase_is_decided_in_absence_read_afterwards_audited_and_disclosed(
    desk: Desk, accessible: Accessible, tmp_path: Path
) -> None:
    office = approvals.office()
    deputy = cast.staff("渡辺 次長", "deputy@example.lg.jp", Post.Role.CLERK, office.bureau)
    auditor = cast.staff("松本 監査", "auditor@example.lg.jp", Post.Role.AUDITOR, cast.department("監査課", "9501"))
    made = Route.objects.create(code="procurement", name="調達の専決規程")
    made.publish(
        ApprovalRules([DecisionClassRule(CHAIN, basis="第4条")]), starts_on=date(2026, 4, 1), basis="見本", by=System()
    )

    director, chief = desk(office.director), desk(office.chief)
    go_on_leave(director, accessible)
    number = draft(desk(office.clerk), accessible)
    decide(director, chief, desk(deputy), accessible)
    sheet = audit(desk(auditor), accessible, number, tmp_path)
    copy = disclose(chief, accessible, number, tmp_path)
    assert blackest_run(pictures(copy)[0]) > 60 > blackest_run(pictures(sheet)[0])
    assert RecordFile.objects.get(number=number).outcome == "決裁"
