"""A clerk chooses columns and keeps ways of looking at the list; what is shown is what is exported."""

import pytest
from django.test import Client

from tests.cast import cases
from todoke.lists.models import SavedView
from todoke.records.models import ClassificationTable

pytestmark = pytest.mark.django_db
CASES = {"path": "/office/cases/"}


@pytest.fixture
def clerk() -> Client:
    at = cases.counter()
    cases.case(at)
    client = Client()
    client.force_login(at.clerk)
    return client


def test_the_chosen_columns_are_shown_and_exported(clerk: Client) -> None:
    query = "columns=name&columns=kana&columns=department"
    page = clerk.get(f"/office/cases/?{query}").content.decode()
    assert 'data-label="フリガナ"' in page
    assert 'data-label="期限"' not in page
    table = clerk.get(f"/office/cases/export/?{query}").getvalue().decode("utf-8-sig").splitlines()
    assert table[0] == "受付番号,申請者,フリガナ,担当部署"
    assert table[1].endswith(",山田 花子,ヤマダ ハナコ,戸籍住民課")


def test_a_view_is_kept_opened_and_taken_away_by_its_owner_only(clerk: Client) -> None:
    conditions = "view=all&status=received&columns=name&nonsense=1&offer=none"
    clerk.post("/office/saved-views/registration/", {**CASES, "name": "受付だけ", "query": conditions})
    kept = SavedView.objects.get()
    assert kept.query == "view=all&status=received&columns=name"
    page = clerk.get(f"/office/cases/?{kept.query}").content.decode()
    assert "受付だけ" in page
    stranger = Client()
    stranger.force_login(cases.counter("税務課", "3010").clerk)
    assert "受付だけ" not in stranger.get("/office/cases/").content.decode()
    assert stranger.post(f"/office/saved-views/{kept.token}/removal/", CASES).status_code == 404
    clerk.post("/office/saved-views/registration/", {**CASES, "name": "受付だけ", "query": "view=mine"})
    assert SavedView.objects.get().query == "view=mine", "the same name is kept once"
    clerk.post(f"/office/saved-views/{kept.token}/removal/", CASES)
    assert not SavedView.objects.exists()


def test_twenty_views_are_enough(clerk: Client) -> None:
    for number in range(21):
        sent = {**CASES, "name": f"絞り込み{number}", "query": ""}
        answer = clerk.post("/office/saved-views/registration/", sent, follow=True)
    assert SavedView.objects.count() == 20
    assert "20個まで" in answer.content.decode()


def test_a_view_of_one_of_several_tables_opens_on_each_of_them(clerk: Client) -> None:
    table = {"path": f"/office/classifications/versions/{ClassificationTable.first().number}/"}
    kept = {"name": "永年", "query": "years=0", **table}
    assert clerk.post("/office/saved-views/registration/", kept).headers["Location"] == f"{table['path']}?years=0"
    assert "永年</a>" in clerk.get(table["path"]).content.decode()
    elsewhere = {"path": "/office/classifications/versions/99/"}
    assert clerk.post(f"/office/saved-views/{SavedView.objects.get().token}/removal/", elsewhere).status_code == 404
