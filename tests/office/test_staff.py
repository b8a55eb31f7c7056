"""The administrator reads a table of staff on a page, sees what would change, registers and invites."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.cast import signed_in
from tests.cast.personnel import administrator, line, workbook
from todoke.organization.models import Tenure
from todoke.personnel.models import Invitation, StaffImport
from todoke.personnel.staff_table import read_staff

pytestmark = pytest.mark.django_db


def upload(*lines: tuple[str, ...]) -> dict[str, object]:
    return {"file": SimpleUploadedFile("名簿.xlsx", workbook(lines)), "on": "2026-12-01"}


def test_a_table_becomes_staff_who_are_invited_and_comes_out_as_a_table_again() -> None:
    page = signed_in(administrator())
    who = line("5010", "こども課", "課長", "鈴木 明美", "akemi@example.lg.jp")
    shown = page.post("/office/staff/imports/", upload(who), follow=True).content.decode()
    assert all(words in shown for words in ("鈴木 明美(akemi@example.lg.jp)", "こども課 課長", "このとおりに登録する"))
    made = StaffImport.objects.get()
    digest = shown.partition('name="digest" value="')[2].partition('"')[0]
    done = page.post(f"/office/staff/imports/{made.token}/writing/", {"digest": digest}, follow=True)
    assert "着任1件" in done.content.decode()
    assert Tenure.objects.filter(user__email="akemi@example.lg.jp").exists()
    assert "1人を招待しました" in page.post("/office/staff/invitations/", follow=True).content.decode()
    assert Invitation.objects.count() == 1
    table = b"".join(page.get("/office/staff/?kind=xlsx&format=xlsx"))
    assert len(read_staff(table).rows) == 2
    assert not read_staff(table).defects


def test_a_table_with_defects_says_them_and_offers_no_press() -> None:
    page = signed_in(administrator())
    shown = page.post("/office/staff/imports/", upload(line("5010", "こども課", "課長", "鈴木")), follow=True)
    assert "氏名があるのに、メールアドレスがありません" in shown.content.decode()
    assert "このとおりに登録する" not in shown.content.decode()
    assert "取りやめました" in page.post(
        f"/office/staff/imports/{StaffImport.objects.get().token}/discard/", follow=True
    ).content.decode()  # fmt: skip


def test_another_file_is_refused_on_the_form() -> None:
    page = signed_in(administrator())
    wrong = {"file": SimpleUploadedFile("x.csv", "氏名\n鈴木\n".encode()), "on": "2026-12-01"}
    assert "部署コード" in page.post("/office/staff/imports/", wrong).content.decode()


def test_nobody_else_sees_the_register_of_staff() -> None:
    page = signed_in(cast.clerk())
    assert page.get("/office/staff/").status_code == 403
    assert page.get("/office/staff/imports/").status_code == 403


def test_the_workbook_to_fill_in_is_read_without_defects() -> None:
    content = signed_in(administrator()).get("/office/staff/template/").content
    assert [row.title for row in read_staff(content).rows] == ["部長", "課長", "係員"]
    assert not read_staff(content).defects
