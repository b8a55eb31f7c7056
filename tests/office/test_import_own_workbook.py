"""The DX office's own workbook: merged headings in two rows, a total, notes and its own words; nothing is silent."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import department, signed_in, staff
from todoke.office.inventory.forms.imports import MatchingForm
from todoke.organization.models import Post
from todoke.procedures.imports import import_aliases, import_runs
from todoke.procedures.models import ImportRun, Procedure, install_code_tables

pytestmark = pytest.mark.django_db


def workbook() -> bytes:
    """Headings in rows 3 and 4: 業務名 and 主管課 merged downwards, 件数 merged over two columns."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("棚卸一覧")
        page.write(0, 0, "みらい区 手続棚卸表(令和8年度)")
        page.merge_range(2, 0, 3, 0, "業務名")
        page.merge_range(2, 1, 3, 1, "主管課")
        page.merge_range(2, 2, 2, 3, "件数")
        page.write(3, 2, "総手続件数")
        page.write(3, 3, "オンライン手続件数")
        page.merge_range(2, 4, 3, 4, "担当者")
        for line, row in enumerate(
            [
                ("放課後児童クラブ利用申込", "保育課", 250, 0, "佐藤"),
                ("駐輪場の定期利用申込", "道路公園課占用係", 800, 0, "田中"),
                ("合計", "", 1050, 0, ""),
                ("※件数は令和7年度", "", "", "", ""),
            ],
            4,
        ):
            page.write_row(line, 0, row)
    return file.getvalue()


def test_own_headings_are_matched_and_a_total_becomes_no_procedure() -> None:
    install_code_tables()
    office = staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS)
    department("保育課", "5002")
    desk, roads = signed_in(office), department("道路公園課", "7004")
    desk.post("/office/imports/", {"file": SimpleUploadedFile("棚卸.xlsx", workbook())})
    run = ImportRun.objects.get()
    import_runs.check(run)
    run.refresh_from_db()
    assert (run.status, "手続名" in run.problem) == (ImportRun.Status.REFUSED, True)
    here = f"/office/imports/{run.token}/"
    assert "見出しの読み替えを決める" in desk.get(here).content.decode()
    desk.post(f"{here}matching/", {"said": "業務名", "meant": "title"})
    import_aliases.define_column("主管課", "department", by=office)
    import_aliases.define_department("道路公園課占用係", roads, by=office)
    run.refresh_from_db()
    import_runs.check(run)
    run.refresh_from_db()
    assert (run.created_count, run.refused_count, run.unread_columns) == (2, 0, ["担当者"])
    page = desk.get(here).content.decode()
    assert "合計の行は取り込んでいません" in page
    assert "※件数は令和7年度" in page
    desk.post(f"{here}writing/", {"mode": "all"})
    import_runs.execute(ImportRun.objects.get())
    made = {each.title: each for each in Procedure.objects.select_related("department")}
    assert sorted(made) == ["放課後児童クラブ利用申込", "駐輪場の定期利用申込"]
    assert (made["駐輪場の定期利用申込"].department, made["駐輪場の定期利用申込"].total_count) == (roads, 800)


def own_list() -> SimpleUploadedFile:
    """A title merged over the whole width, headings in two rows in the office's own words, and its own spellings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet("調査票")
        page.merge_range(0, 0, 0, 4, "令和8年度 手続棚卸し調査票(全課)")
        for at, head in enumerate(["番号", "手続の名称", "担当"]):
            page.merge_range(2, at, 3, at, head)
        page.merge_range(2, 3, 2, 4, "件数")
        page.write_row(3, 3, ["窓口", "郵送"])
        page.write_row(4, 0, [1, "見守り旗の貸出しの申請", "子育支援課", 12, 3])
        page.write_row(5, 0, [2, "見守り札の返却の届出", "どこかの係", 8, 1])
        page.write_row(6, 1, ["合計", "", 20, 4])
    return SimpleUploadedFile("調査票.xlsx", file.getvalue())


def test_an_office_picks_the_headings_of_its_own_file_instead_of_typing_them() -> None:
    install_code_tables()
    desk = signed_in(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    children = department("子育て支援課", "5001")
    desk.post("/office/imports/", {"file": own_list()})
    run = ImportRun.objects.get()
    import_runs.check(run)
    run.refresh_from_db()
    assert run.unread_columns == ["番号", "手続の名称", "担当", "件数(窓口)", "件数(郵送)"]
    assert "手続棚卸し調査票" not in run.problem
    proposed = MatchingForm(run=run)
    assert [proposed[f"column-{at}"].initial for at in range(5)] == ["", "title", "department", "", ""]
    given = {f"column-{at}": proposed[f"column-{at}"].initial for at in range(5)}
    desk.post(f"/office/imports/{run.token}/matching/", given)
    run.refresh_from_db()
    import_runs.check(run)
    run.refresh_from_db()
    assert (run.status, run.unknown_departments) == (ImportRun.Status.CHECKED, ["子育支援課", "どこかの係"])
    assert run.hints.count("手続棚卸し調査票") == 1
    proposed = MatchingForm(run=run)
    assert (proposed["department-0"].initial, proposed["department-1"].initial) == (children, None)
