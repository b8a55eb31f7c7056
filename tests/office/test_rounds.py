import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import clerk, department, signed_in, staff
from tests.cast.procedures import procedure
from todoke.organization.models import Post
from todoke.procedures.models import Procedure, install_code_tables
from todoke.rounds.models import Round, RoundRow

pytestmark = pytest.mark.django_db
ROUNDS = "/office/rounds/"
ASKED = {"code": "2026", "title": "令和8年度 棚卸", "starts_on": "2025-04-01", "ends_on": "2026-03-31"}


@pytest.fixture
def headquarters() -> Client:
    install_code_tables()
    procedure("犬の登録", department=department())
    return signed_in(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))


def test_a_round_goes_from_opening_to_a_workbook_and_back(headquarters: Client) -> None:
    assert headquarters.post(ROUNDS, ASKED | {"due_on": "2026-12-25"}).status_code == 302
    desk, url = signed_in(clerk(department())), f"{ROUNDS}2026/1010/"
    book = desk.post(f"{url}workbook/")
    assert book.content[:2] == b"PK"
    sent = desk.post(f"{url}merge/", {"file": SimpleUploadedFile("返送.xlsx", book.content)}, follow=True)
    assert "1行を読み、0項目を反映しました。" in sent.content.decode()
    desk.post(f"{url}confirmation/", {"number": ["P-000001"]})
    desk.post(f"{url}returning/")
    assert RoundRow.objects.get().answer == "kept"
    text = headquarters.get(f"{ROUNDS}2026/").content.decode()
    assert "回答済み" in text
    assert "まだ回答を終えていない部署" not in text


def test_a_file_that_is_no_workbook_changes_nothing_and_says_so(headquarters: Client) -> None:
    headquarters.post(ROUNDS, ASKED | {"due_on": "2026-12-25"})
    file = SimpleUploadedFile("返送.xlsx", b"MZ\x90\x00")
    page = headquarters.post(f"{ROUNDS}2026/1010/merge/", {"file": file}, follow=True).content.decode()
    assert "台帳は変わっていません" in page
    assert Procedure.objects.get().version == 0


def test_only_headquarters_opens_and_only_the_section_answers(headquarters: Client) -> None:
    headquarters.post(ROUNDS, ASKED | {"due_on": "2026-12-25"})
    stranger = signed_in(staff(email="other@example.lg.jp", section=department("別の課", "9999")))
    assert stranger.post(ROUNDS, {**ASKED, "code": "x", "due_on": "2026-12-25"}).status_code == 403
    assert stranger.post(f"{ROUNDS}2026/1010/workbook/").status_code == 403
    assert Round.objects.count() == 1


def test_a_period_that_ends_before_it_begins_is_told(headquarters: Client) -> None:
    answer = headquarters.post(ROUNDS, ASKED | {"ends_on": "2024-03-31", "due_on": "2026-12-25"})
    assert answer.status_code == 422
    assert "初日より後" in answer.content.decode()
