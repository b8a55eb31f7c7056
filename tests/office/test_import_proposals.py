"""The DX office's own file is a proposal: looked at, decided, brought in by a press, and taken back whole."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import department, signed_in, staff
from tests.cast.procedures import procedure, table
from todoke.accounts.models import User
from todoke.organization.models import Post
from todoke.procedures.imports import import_reversal, import_runs
from todoke.procedures.models import FieldChange, ImportAlias, ImportRun, Procedure, Volume, install_code_tables
from todoke.runtime.refusals import Conflict, Refused

pytestmark = pytest.mark.django_db
IMPORTS = "/office/imports/"
CLUB = {"手続名": "放課後児童クラブ利用申込", "法令名": "放課後児童クラブ条例", "所管部署": "保育課"}
DOG = {"手続名": "犬の登録", "法令名": "狂犬病予防法", "所管部署": "保育課"}


@pytest.fixture
def person() -> User:
    install_code_tables()
    department("保育課", "5002")
    return staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS)


@pytest.fixture
def desk(person: User) -> Client:
    return signed_in(person)


def tried(desk: Client, *rows: dict[str, str]) -> ImportRun:
    desk.post(IMPORTS, {"file": SimpleUploadedFile("手続.csv", table(*rows).encode())})
    return checked(ImportRun.objects.latest("pk"))


def checked(run: ImportRun) -> ImportRun:
    run.refresh_from_db()
    import_runs.check(run)
    run.refresh_from_db()
    return run


def brought_in(desk: Client, *rows: dict[str, str]) -> ImportRun:
    run = tried(desk, *rows)
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    import_runs.execute(run)
    run.refresh_from_db()
    return run


def page(desk: Client, run: ImportRun) -> str:
    return str(desk.get(f"{IMPORTS}{run.token}/").content.decode())


def decided(desk: Client, run: ImportRun, **said: str) -> ImportRun:
    desk.post(f"{IMPORTS}{run.token}/decisions/", said)
    return checked(run)


def test_every_new_procedure_is_named_before_anything_is_public(desk: Client) -> None:
    run = tried(desk, CLUB, DOG)
    assert "放課後児童クラブ条例・保育課" in page(desk, run)
    assert not Procedure.objects.exists()
    assert "放課後児童クラブ利用申込" not in Client().get("/procedures/", {"q": "放課後"}).content.decode()


def test_a_file_brought_again_with_a_law_makes_no_double_but_asks(desk: Client) -> None:
    known = procedure("放課後児童クラブ利用申込", department=department("保育課", "5002"))
    run = tried(desk, CLUB, DOG)
    assert (run.created_count, run.alike_count) == (1, 1)
    assert known.number in page(desk, run)
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    run.refresh_from_db()
    assert run.status == ImportRun.Status.CHECKED
    run = decided(desk, run, **{"line-2": "same"})
    assert (run.created_count, run.changed_count, run.alike_count) == (1, 1, 0)
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    import_runs.execute(run)
    known.refresh_from_db()
    assert known.law == "放課後児童クラブ条例"
    assert sorted(Procedure.objects.values_list("title", flat=True)) == ["放課後児童クラブ利用申込", "犬の登録"]


def test_what_an_old_tab_decides_while_the_import_is_written_is_not_kept(desk: Client, person: User) -> None:
    procedure("放課後児童クラブ利用申込書")
    run = decided(desk, tried(desk, CLUB), **{"line-2": "new"})
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    assert not import_runs.decide(run, {2: "skip"}, by=person)
    assert run.rows.get(line=2).choice == "new"


@pytest.mark.parametrize(("said", "count"), [("new", 2), ("skip", 1)])
def test_a_person_may_say_that_it_is_another_or_leave_it_out(desk: Client, said: str, count: int) -> None:
    procedure("放課後児童クラブ利用申込書")
    run = decided(desk, tried(desk, CLUB), **{"line-2": said})
    assert (run.created_count, run.skipped_count) == (count - 1, 2 - count)
    if said == "new":
        desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
        import_runs.execute(run)
    assert Procedure.objects.count() == count


def test_an_import_is_taken_back_whole_and_its_numbers_are_never_given_again(desk: Client) -> None:
    known = procedure("犬の登録", law="狂犬病予防法", municipal_note="窓口3階")
    run = brought_in(desk, CLUB | {"区の補足": "新設", "申請時に添付させる書類": "住民票"},
                     DOG | {"区の補足": "窓口5階", "申請時に添付させる書類": "住民票"})  # fmt: skip
    assert (run.status, Procedure.objects.count()) == ("done", 2)
    gone = Procedure.objects.get(title="放課後児童クラブ利用申込").number
    assert "まるごと取り消す" in page(desk, run)
    desk.post(f"{IMPORTS}{run.token}/reversal/")
    known.refresh_from_db()
    assert (known.municipal_note, known.department, known.coded_values.count()) == ("窓口3階", None, 0)
    assert Procedure.objects.get() == known
    assert Client().get(f"/procedures/{gone}/").status_code == 404
    assert procedure("猫の届出").number > gone
    assert FieldChange.objects.filter(procedure=known, field="区の補足").count() == 2


def test_what_somebody_corrected_since_stays_and_is_counted(desk: Client, person: User) -> None:
    known = procedure("犬の登録", law="狂犬病予防法", municipal_note="窓口3階")
    run = brought_in(desk, DOG | {"区の補足": "窓口5階"})
    Procedure.objects.filter(pk=known.pk).update(municipal_note="窓口7階")
    assert import_reversal.take_back(run, by=person) == 1
    known.refresh_from_db()
    assert (known.municipal_note, known.department) == ("窓口7階", None)
    with pytest.raises(Conflict):
        import_reversal.take_back(run, by=person)


def test_an_import_with_which_somebody_works_already_is_not_taken_back(desk: Client, person: User) -> None:
    run = brought_in(desk, CLUB, DOG)
    used = Procedure.objects.get(title="犬の登録")
    Volume.objects.create(procedure=used, starts_on="2025-04-01", ends_on="2026-03-31", total=5, source="台帳")
    with pytest.raises(Refused, match="「犬の登録」が、もう使われています") as refused:
        import_reversal.take_back(run, by=person)
    assert refused.value.link == f"/office/procedures/{used.number}/"
    assert Procedure.objects.count() == 2


def test_own_headings_and_department_names_are_matched_once_and_remembered(desk: Client) -> None:
    own = {"手続名": "犬の登録", "根拠の法律": "狂犬病予防法", "所管部署": "こども保育課", "担当者": "佐藤"}
    run = tried(desk, own)
    assert (run.unread_columns, run.unknown_departments) == (["根拠の法律", "担当者"], ["こども保育課"])
    assert "読み替えを決める" in page(desk, run)
    said: dict[str, Any] = {"column-0": "law", "column-1": "-", "department-0": department("保育課", "5002").pk}
    desk.post(f"{IMPORTS}{run.token}/matching/", said)
    run = checked(run)
    assert (run.unread_columns, run.refused_count) == ([], 0)
    assert "「担当者」は、読まないと決めた列です" in page(desk, run)
    brought_in(desk, own)
    made = Procedure.objects.get()
    assert (made.law, str(made.department)) == ("狂犬病予防法", "保育課")
    assert "こども保育課" in desk.get(f"{IMPORTS}aliases/").content.decode()
    desk.post(f"{IMPORTS}aliases/removal/", {"kind": "column", "said": "担当者"})
    assert sorted(ImportAlias.objects.values_list("said", flat=True)) == ["こども保育課", "根拠の法律"]


def test_what_a_script_brought_in_is_taken_back_on_the_page_too(tmp_path: Path, desk: Client) -> None:
    path = tmp_path / "手続.csv"
    path.write_text(table(CLUB, DOG))
    call_command("import", str(path))
    run = ImportRun.objects.get()
    assert (run.status, run.created_count, Procedure.objects.count()) == ("done", 2, 2)
    desk.post(f"{IMPORTS}{run.token}/reversal/")
    assert not Procedure.objects.exists()


def test_a_script_whose_file_is_refused_leaves_no_import_behind(tmp_path: Path, person: User) -> None:
    path = tmp_path / "手続.csv"
    path.write_text(table(CLUB | {"所管部署": "ない課"}))
    with pytest.raises(CommandError, match="何も取り込んでいません"):
        call_command("import", str(path))
    assert not ImportRun.objects.exists()
