"""Whatever is taken away can be read later, by those who watch over it and by nobody else."""

import pytest

from tests import cast
from tests.cast import cases
from todoke.audit.models import DataExport, Entry
from todoke.cases.models import StopFlag
from todoke.japanese.calendar import today
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
