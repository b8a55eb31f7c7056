"""Whatever is taken away can be read later, by those who watch over it and by nobody else."""

import pytest

from tests import cast
from tests.cast import cases
from todoke.audit.models import DataExport, Entry
from todoke.cases import decisions
from todoke.cases.letters import dispatch
from todoke.cases.models import Letter, StopFlag
from todoke.japanese.calendar import today
from todoke.lists.row_list import WITHHELD
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


def test_an_export_is_read_later_in_words() -> None:
    at = cases.counter()
    found = cases.case(at)
    cast.signed_in(at.clerk).get("/office/cases/export/", {"q": "山田", "export": "xlsx"})
    made = DataExport.objects.get()
    assert (made.actor, made.title, made.rows, made.file_format) == (at.clerk, "案件一覧", 1, "xlsx")
    assert "語による検索あり" in made.conditions
    assert Entry.objects.filter(actor=at.clerk, act="案件一覧の書き出し").count() == 1
    page = cast.signed_in(cast.keeper()).get("/office/data-exports/", {"q": "案件一覧"}).content.decode()
    assert at.clerk.name in page
    assert "戸籍住民課" in page
    assert found.applicant_name not in page


@pytest.mark.parametrize(
    ("role", "status"),
    [(Post.Role.RECORDS, 200), (Post.Role.AUDITOR, 200), (Post.Role.ADMINISTRATOR, 200), (Post.Role.CHIEF, 403),
     (Post.Role.HEADQUARTERS, 403)],
)  # fmt: skip
def test_only_those_who_watch_over_it_read_it(role: Post.Role, status: int) -> None:
    client = cast.signed_in(cast.staff(role=role))
    for address in ("/office/data-exports/", "/office/data-exports/export/"):
        assert client.get(address).status_code == status


def test_reading_the_record_as_a_file_is_itself_recorded() -> None:
    cast.signed_in(cast.keeper()).get("/office/data-exports/export/")
    assert DataExport.objects.get().title == "持出し記録一覧"


def test_a_list_of_several_people_asks_why_and_the_answer_is_read_later() -> None:
    at = cases.counter()
    cases.case(at)
    cases.case(at, name__family="田中")
    client, address = cast.signed_in(at.clerk), "/office/cases/export/?export=csv&channel=web"
    asked = client.get(address).content.decode()
    assert "持ち出す理由を選んでください" in asked
    assert all(said in asked for said in ("2人", "受付経路=", "受付番号・手続・申請者"))
    for typed, said in (({}, "どれか一つを選んで"), ({"phrase": "other", "words": " "}, "何のためか")):
        again = client.post(address, typed)
        assert again.status_code == 422
        assert said in again.content.decode()
    assert not DataExport.objects.exists()
    given = client.post(address, {"phrase": "report", "words": "9月議会の資料"})
    assert "田中 花子" in given.getvalue().decode("utf-8-sig")
    made = DataExport.objects.get()
    assert (made.persons, made.rows, made.reason) == (2, 2, "統計・報告の作成(9月議会の資料)")
    page = cast.signed_in(cast.keeper())
    assert "9月議会の資料" in page.get("/office/data-exports/?about=several").content.decode()
    assert "9月議会の資料" not in page.get("/office/data-exports/?about=none").content.decode()


def test_a_list_without_names_or_of_one_person_is_recorded_and_not_asked_about() -> None:
    at = cases.counter()
    cases.case(at)
    client = cast.signed_in(at.clerk)
    assert client.get("/office/cases/export/")["Content-Type"].startswith("text/csv")
    cases.case(at, name__family="田中")
    assert client.get("/office/cases/export/?columns=number&columns=title")["Content-Type"].startswith("text/csv")
    assert list(DataExport.objects.order_by("pk").values_list("persons", flat=True)) == [1, None]


def test_the_name_of_a_protected_person_stays_out_of_the_file() -> None:
    at = cases.counter()
    cases.case(at)
    cases.case(at, name__family="田中", name__family_kana="タナカ")
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    given = cast.signed_in(at.clerk).post(
        "/office/cases/export/?export=csv&columns=name&columns=kana", {"phrase": "report"}
    )
    text = given.getvalue().decode("utf-8-sig")
    assert "田中 花子" in text
    assert "山田" not in text
    assert "ヤマダ" not in text
    assert WITHHELD in text


def test_a_print_run_is_taken_for_a_reason_and_each_taking_is_recorded() -> None:
    at = cases.counter()
    for family in ("山田", "田中"):
        decisions.propose(cases.reviewed(at, name__family=family), "granted", by=at.clerk).approve(by=at.chief)
    cases.work_off()
    batch = dispatch.create_batch(list(Letter.objects.values_list("token", flat=True)), by=at.clerk)
    cases.work_off()
    client = cast.signed_in(at.clerk)
    for sheet in ("letters", "addresses"):
        address = f"/office/batches/{batch.token}/{sheet}/file/"
        assert "2人" in client.get(address).content.decode()
        assert client.post(address, {"phrase": "posting"}).getvalue().startswith(b"%PDF")
    found = DataExport.objects.order_by("pk").values_list("title", "persons", "reason", "columns")
    assert list(found) == [
        ("一括印刷の通知書", 2, "通知書の印刷・発送", "宛名・住所・通知書の本文"),
        ("一括印刷の宛名シート", 2, "通知書の印刷・発送", "宛名・住所・受付番号"),
    ]


def test_a_table_of_figures_and_the_papers_of_a_day_are_recorded_too() -> None:
    treasurer = cast.signed_in(cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER))
    for address in ("2026-11-20/sheet.csv", "2026-11-20/sheet.pdf"):
        assert treasurer.get(f"/office/payments/{address}").status_code == 200, address
    treasurer.get("/office/years/?export=csv")
    made = list(DataExport.objects.order_by("pk").values_list("title", "persons", "conditions"))
    assert made[:2] == [("日計", None, "業務日=2026年11月20日(金)"), ("日計表", None, "業務日=2026年11月20日(金)")]
    assert made[2][1:] == (None, "条件なし")


def test_what_was_taken_away_cannot_be_rewritten() -> None:
    cast.signed_in(cast.keeper()).get("/office/data-exports/export/")
    made = DataExport.objects.get()
    with pytest.raises(TypeError):
        made.save()
    with pytest.raises(TypeError):
        made.delete()


@pytest.mark.parametrize("address", ["/office/flags/?export=csv", "/office/held-mails/export/?export=xlsx"])
def test_protected_names_never_become_a_file(address: str) -> None:
    at = cases.counter()
    StopFlag.place(name="山田花子", department=at.section, starts_on=today(), ends_on=today(), by=at.chief)
    client = cast.signed_in(at.clerk)
    refused = client.get(address)
    assert refused.status_code == 403
    assert "ファイルにできません" in refused.content.decode()
    assert not DataExport.objects.exists()
    assert "この一覧を保存する" not in client.get(address.split("?")[0].removesuffix("export/")).content.decode()
