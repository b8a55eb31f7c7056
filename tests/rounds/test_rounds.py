import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.http import QueryDict
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.cast import clerk, department, signed_in, staff
from tests.cast.procedures import procedure
from tests.cast.rounds import opened
from todoke.accounts.models import User
from todoke.notices.models import Message
from todoke.office.inventory.unsettled_list import UnsettledList
from todoke.organization.models import Department
from todoke.procedures.models import Code, FieldChange, ListingRequest, Procedure, Volume
from todoke.procedures.models import install_code_tables as install
from todoke.rounds import progress, round_questions, transfers, workbook_merge, workbooks
from todoke.rounds.models import MergedCell, RoundRow, RoundSheet
from todoke.runtime.refusals import Conflict, NotAllowed
from todoke.spreadsheets.reader import UnreadableFile

pytestmark = pytest.mark.django_db
Table = list[list[Any]]
NOTE, TOTAL, ONLINE, SEEN = "区の補足", "区の総件数", "うちオンライン", "確認"


@pytest.fixture
def section() -> Department:
    install()
    found = department()
    for title in ("犬の登録", "猫の届出", "鳥の許可"):
        procedure(title, department=found)
    return found


@pytest.fixture
def person(section: Department) -> User:
    return clerk(section)


@pytest.fixture
def sheet(section: Department) -> RoundSheet:
    return opened().sheets.get()


def returned(tmp_path: Path, content: bytes, edit: Callable[[Table], Table], *, name: str = "棚卸") -> Path:
    """What a person sends back: the workbook saved by another program after editing its table."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    path = tmp_path / "返送.xlsx"
    with xlsxwriter.Workbook(path) as out:
        for sheet_name in book.sheet_names:
            rows = book.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
            rows = edit(rows) if sheet_name == "棚卸" else rows
            page = out.add_worksheet(name if sheet_name == "棚卸" else sheet_name)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
    return path


def put(rows: Table, title: str, header: str, value: object) -> Table:
    heads = next(row for row in rows if "手続番号" in row)
    next(row for row in rows if row[1] == title)[heads.index(header)] = value
    return rows


def outcomes() -> list[tuple[str, str]]:
    return list(MergedCell.objects.order_by("pk").values_list("field", "outcome"))


def test_a_round_asks_every_section_about_its_own_procedures(sheet: RoundSheet) -> None:
    procedure("所管のない手続")
    assert sheet.rows.count() == 3
    with pytest.raises(NotAllowed, match="推進本部"):
        progress.open_round("x", "x", starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), due_on=date(2026, 4, 1),
                          by=staff(email="other@example.lg.jp", section=department("別の課", "9999")))  # fmt: skip


def test_a_workbook_sent_back_untouched_changes_nothing(tmp_path: Path, sheet: RoundSheet, person: User) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)
    merged = workbook_merge.merge_workbook(returned(tmp_path, content, lambda rows: rows), by=person)
    assert (merged.rows, dict(merged.cells), merged.absent_rows, merged.absent_columns) == (3, {}, 0, [])
    assert not FieldChange.objects.exists()


def test_what_a_person_writes_is_taken_with_their_name(tmp_path: Path, sheet: RoundSheet, person: User) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)

    def edit(rows: Table) -> Table:
        put(rows, "犬の登録", NOTE, "窓口は3階")
        put(rows, "犬の登録", TOTAL, "1,234")
        put(rows, "犬の登録", "申請等における本人確認手法", "2 押印; 3 署名")
        put(rows, "猫の届出", SEEN, "確認済み")
        return [*rows[:8], *reversed(rows[8:])]

    merged = workbook_merge.merge_workbook(returned(tmp_path, content, edit), by=person)
    assert dict(merged.cells) == {"taken": 4}
    dog = Procedure.objects.get(title="犬の登録")
    assert (dog.municipal_note, dog.volumes.get().total, dog.volumes.get().online) == ("窓口は3階", 1234, None)
    assert set(Code.objects.filter(procedures=dog).values_list("key", flat=True)) == {"2", "3"}
    assert FieldChange.objects.filter(source="round", actor=person).count() == 3
    left: Any = progress.sheets_with_progress(sheet.round).get()
    assert (left.asked, left.answered) == (3, 2)


def test_two_answers_to_one_cell_stand_side_by_side_until_a_person_decides(
    tmp_path: Path, sheet: RoundSheet, person: User
) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)
    Procedure.objects.filter(title="犬の登録").update(municipal_note="台帳で直した")
    workbook_merge.merge_workbook(
        returned(tmp_path, content, lambda rows: put(rows, "犬の登録", NOTE, "ブックで直した")), by=person
    )
    cell = MergedCell.objects.get()
    assert (cell.base, cell.ours, cell.theirs, cell.outcome) == ("", "台帳で直した", "ブックで直した", "conflict")
    assert workbook_merge.resolve_conflict(cell, take_theirs=True, by=person)
    assert not workbook_merge.resolve_conflict(cell, take_theirs=False, by=person)
    assert Procedure.objects.get(title="犬の登録").municipal_note == "ブックで直した"


def test_wrong_cells_are_told_and_the_right_ones_beside_them_taken(
    tmp_path: Path, sheet: RoundSheet, person: User
) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)

    def edit(rows: Table) -> Table:
        put(rows, "犬の登録", "手数料等の納付有無", "9 たぶん有り")
        put(rows, "犬の登録", NOTE, "これは正しい")
        put(rows, "猫の届出", TOTAL, "5")
        put(rows, "猫の届出", ONLINE, "6")
        put(rows, "鳥の許可", "スマートフォンで使えると確かめた日", "きのう")
        return [*rows, ["P-999999", "知らない手続"], ["P-000001", "犬の登録"]]

    workbook_merge.merge_workbook(returned(tmp_path, content, edit), by=person)
    assert sorted(outcomes()) == sorted([
        ("手数料等の納付有無", "defect"), (NOTE, "taken"), (TOTAL, "taken"), (ONLINE, "defect"),
        ("スマートフォンで使えると確かめた日", "defect"), ("手続番号", "defect"), ("手続番号", "defect"),
    ])  # fmt: skip
    assert all(MergedCell.objects.filter(outcome="defect").values_list("problem", flat=True))
    assert Volume.objects.get().total == 5


def test_deleted_columns_and_rows_are_named_and_leave_their_values_alone(
    tmp_path: Path, sheet: RoundSheet, person: User
) -> None:
    Procedure.objects.update(municipal_note="残す")
    _, content = workbooks.create_workbook(sheet, by=person)

    def edit(rows: Table) -> Table:
        place = next(row for row in rows if "手続番号" in row).index(NOTE)
        return [[cell for at, cell in enumerate(row) if at != place] for row in rows if row[1] != "鳥の許可"]

    merged = workbook_merge.merge_workbook(returned(tmp_path, content, edit, name="メモ付き"), by=person)
    assert (merged.absent_columns, merged.absent_rows, merged.rows) == ([NOTE], 1, 2)
    assert set(Procedure.objects.values_list("municipal_note", flat=True)) == {"残す"}


def test_a_workbook_of_our_own_making_only(tmp_path: Path, sheet: RoundSheet, person: User) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, round_questions.HEADS)
    with pytest.raises(UnreadableFile, match="配布番号"):
        workbook_merge.merge_workbook(path, by=person)


def test_a_section_sends_back_once_and_what_is_unanswered_stays_visible(sheet: RoundSheet, person: User) -> None:
    assert progress.confirm_unchanged(sheet, ["P-000001"], by=person) == 1
    assert progress.submit_sheet(sheet, by=person)
    assert not progress.submit_sheet(sheet, by=person)
    left: Any = progress.sheets_with_progress(sheet.round).get()
    assert left.answered == 1
    with pytest.raises(NotAllowed, match="推進本部"):
        progress.submit_sheet(sheet, by=staff(email="other@example.lg.jp", section=department("別の課", "9999")))


def test_a_section_writes_a_procedure_that_nobody_knew_and_the_dx_office_is_asked_to_list_it(
    tmp_path: Path, sheet: RoundSheet, person: User
) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)

    def edit(rows: Table) -> Table:
        rows.append(["", "放課後児童クラブ利用申込", "放課後児童クラブ条例", *[""] * (len(rows[7]) - 3)])
        return put(rows, "放課後児童クラブ利用申込", TOTAL, "250")

    path = returned(tmp_path, content, edit)
    merged = workbook_merge.merge_workbook(path, by=person)
    assert (merged.rows, dict(merged.cells)) == (3, {"requested": 1})
    asked = ListingRequest.objects.get()
    assert (asked.title, asked.law, asked.department) == (
        "放課後児童クラブ利用申込",
        "放課後児童クラブ条例",
        sheet.department,
    )
    assert asked.note == "区の総件数: 250"
    assert not Procedure.objects.filter(title="放課後児童クラブ利用申込").exists()
    workbook_merge.merge_workbook(path, by=person)
    assert ListingRequest.objects.count() == 1


def test_a_row_with_neither_number_nor_name_is_told_and_nothing_of_it_is_lost(
    tmp_path: Path, sheet: RoundSheet, person: User
) -> None:
    _, content = workbooks.create_workbook(sheet, by=person)

    def edit(rows: Table) -> Table:
        return [*rows, ["窓口で受けている" if head == NOTE else "" for head in rows[7]]]

    workbook_merge.merge_workbook(returned(tmp_path, content, edit), by=person)
    told = MergedCell.objects.get()
    assert (told.outcome, told.theirs) == ("defect", "区の補足: 窓口で受けている")
    assert "手続名を書いてください" in told.problem


def test_what_a_section_says_is_anothers_goes_there_with_a_word_to_its_people(sheet: RoundSheet, person: User) -> None:
    chief, other = User.objects.get(email="dx@example.lg.jp"), department("税務課", "3002")
    receiver = staff("木村", "tax@example.lg.jp", section=other)
    dog = sheet.rows.get(procedure__title="犬の登録")
    column = round_questions.ASKED_COLUMNS[0]
    progress.save_answer(round_questions.current_values(sheet.round, [dog])[dog.procedure.number],
                         {column: RoundRow.Answer.ELSEWHERE}, by=person)  # fmt: skip
    assert [each.title for each in transfers.disputed()] == ["犬の登録"]
    with pytest.raises(NotAllowed):
        transfers.transfer(dog.procedure, other, by=person)
    transfers.transfer(dog.procedure, other, by=chief)
    assert not transfers.disputed().exists()
    assert RoundRow.objects.get(sheet__department=other).procedure.department == other
    assert Message.objects.filter(user=receiver, code="round-transferred").count() == 1


def test_what_stays_with_its_section_is_asked_again(sheet: RoundSheet, person: User) -> None:
    chief = User.objects.get(email="dx@example.lg.jp")
    sheet.rows.filter(procedure__title="犬の登録").update(answer="elsewhere", answered_at=timezone.now())
    dog = Procedure.objects.get(title="犬の登録")
    transfers.keep(dog, "狂犬病予防法の窓口です。", by=chief)
    assert sheet.rows.get(procedure=dog).answer == ""
    assert "狂犬病予防法の窓口です。" in Message.objects.get(user=person, code="round-kept").body
    with pytest.raises(Conflict):
        transfers.keep(dog, "", by=chief)


def test_what_has_no_department_is_told_in_the_round_and_given_one(sheet: RoundSheet) -> None:
    chief, lost = User.objects.get(email="dx@example.lg.jp"), procedure("所管のない届出")
    page = signed_in(chief).get(f"/office/rounds/{sheet.round.code}/").content.decode()
    assert "所管部署のない手続 1件。" in page
    assert "3件のうち0件(0.0%)" in page
    signed_in(chief).post(f"/office/procedures/{lost.number}/transfer/", {"department": sheet.department.code})
    assert sheet.rows.filter(procedure=lost).exists()
    assert not transfers.unassigned().exists()


def test_headquarters_pages_through_both_kinds_that_wait_for_a_department_by_title(
    sheet: RoundSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(UnsettledList, "size", 2)
    sheet.rows.filter(procedure__title="犬の登録").update(answer="elsewhere", answered_at=timezone.now())
    Procedure.objects.filter(title="犬の登録").update(title="届出3")
    for title in ("届出4", "届出1", "届出2の変更"):
        procedure(title)
    procedure("届出0", abolished_on="2025-04-01")
    rows = UnsettledList(User.objects.get(email="dx@example.lg.jp"))
    first = rows.page(QueryDict(""))
    second = rows.page(QueryDict(first.following.partition("?")[2]))
    assert [each.title for each in (*first.rows, *second.rows)] == ["届出1", "届出2の変更", "届出3", "届出4"]
    assert [each.title for each in rows.page(QueryDict("sort=-title")).rows] == ["届出4", "届出3"]
    assert (first.count, second.following) == (4, "")
    asked = [rows.page(QueryDict(query)) for query in ("view=none", "view=elsewhere", "q=届出", "view=none&q=変更")]
    assert [page.count for page in asked] == [3, 1, 4, 1]
    assert [[each.title for each in page.rows] for page in asked[1:]] == [
        ["届出3"], ["届出1", "届出2の変更"], ["届出2の変更"]
    ]  # fmt: skip


def test_headquarters_takes_the_progress_along_as_a_file(sheet: RoundSheet) -> None:
    chief = signed_in(User.objects.get(email="dx@example.lg.jp"))
    answer = chief.get(f"/office/rounds/{sheet.round.code}/progress/?kind=csv")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines == ["部署,手続,回答,未回答,食い違い,不備,回答を終えた日時", "戸籍住民課,3,0,3,0,0,"]
