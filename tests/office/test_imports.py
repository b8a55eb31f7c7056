import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import clerk, present, staff
from tests.cast.procedures import table
from todoke.jobs.models import Job
from todoke.organization.models import Post
from todoke.procedures.imports import import_runs
from todoke.procedures.models import ImportRun, Procedure

pytestmark = pytest.mark.django_db
IMPORTS = "/office/imports/"
DOG = {"手続ID": "48899", "手続名": "犬の登録", "総手続件数": "10", "オンライン手続件数": "5"}


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(staff("吉田", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    return client


def tried(client: Client, *rows: dict[str, str], name: str = "手続.csv") -> ImportRun:
    """Upload a file and let the worker try it."""
    response = client.post(IMPORTS, {"file": SimpleUploadedFile(name, table(*rows).encode())})
    assert response.status_code == 302
    run = ImportRun.objects.get()
    assert list(Job.objects.values_list("task", flat=True)) == ["todoke.procedures.tasks.check_import"]
    import_runs.check(run)
    import_runs.check(run)
    run.refresh_from_db()
    return run


def page(client: Client, run: ImportRun) -> str:
    return client.get(f"{IMPORTS}{run.token}/").content.decode()


def test_a_file_is_tried_looked_at_and_then_brought_in(desk: Client) -> None:
    run = tried(desk, DOG)
    assert not Procedure.objects.exists()
    assert "1件を加え、0件を変えます" in page(desk, run)
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    import_runs.execute(run)
    import_runs.execute(run)
    assert Procedure.objects.get().title == "犬の登録"
    assert "取り込みました" in page(desk, run)


def test_defects_are_shown_and_can_be_taken_away_as_a_file(desk: Client) -> None:
    run = tried(desk, DOG | {"オンライン手続件数": "1008"}, {**DOG, "手続ID": "2"})
    assert "総手続件数(10)より多く" in page(desk, run)
    csv = desk.get(f"{IMPORTS}{run.token}/defects/").getvalue().decode("utf-8-sig")
    assert csv.splitlines()[1].startswith('2,オンライン手続件数,"1,008",')
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "good"})
    import_runs.execute(run)
    assert list(Procedure.objects.values_list("national_id", flat=True)) == ["2"]


def test_all_or_nothing_is_kept_although_somebody_agreed(desk: Client) -> None:
    run = tried(desk, DOG | {"総手続件数": "x"}, {**DOG, "手続ID": "2"})
    desk.post(f"{IMPORTS}{run.token}/writing/", {"mode": "all"})
    import_runs.execute(run)
    assert not Procedure.objects.exists()
    assert "台帳は変わっていません" in page(desk, run)


def test_a_program_named_xlsx_is_refused_in_words(desk: Client) -> None:
    desk.post(IMPORTS, {"file": SimpleUploadedFile("手続.xlsx", b"MZ\x90\x00")})
    run = ImportRun.objects.get()
    import_runs.check(run)
    assert "実行ファイル(.exe)" in page(desk, run)


def test_an_import_is_thrown_away_with_its_file(desk: Client) -> None:
    run = tried(desk, DOG)
    desk.post(f"{IMPORTS}{run.token}/discard/")
    run.refresh_from_db()
    assert (run.status, run.file.name) == ("discarded", "")
    assert not import_runs.approve(run, "all", by=present(run.started_by))


def test_only_headquarters_and_designers_bring_files_in() -> None:
    client = Client()
    client.force_login(clerk())
    assert client.get(IMPORTS).status_code == 403
