"""A clerk goes from a workbook to a shared chart in five pages, with every choice in the address."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.cast import signed_in, tables
from todoke.insights.models import Dashboard, DataTable, SavedChart

pytestmark = pytest.mark.django_db


def test_five_steps_from_a_workbook_to_a_shared_chart() -> None:
    by = cast.clerk()
    client, section = signed_in(by), by.tenures.get().post.department
    file = SimpleUploadedFile("待ち時間.xlsx", tables.visits())
    facts = {
        "title": "待ち時間",
        "source": "発券機",
        "as_of": "2026-09-30",
        "department": section.pk,
        "expires_on": "2030-01-01",
    }
    page = client.post("/board/tables/reading/", {"file": file, **facts})
    where = page["Location"]
    assert DataTable.objects.get().token in where
    query = "by=来庁日&figure=mean&of=待ち時間(分)&drawing=lines&step=month"
    seen = client.get(f"{where}?{query}").content.decode()
    assert "値のない時点が1" in seen
    unnamed = client.post(f"{where}naming/?{query}", tables.WORDS | {"denominator": ""})
    assert unnamed.status_code == 422
    assert not SavedChart.objects.exists()
    named = client.post(f"{where}naming/?{query}", tables.WORDS)["Location"]
    text = client.get(named).content.decode()
    assert all(word in text for word in tables.WORDS.values())
    shared = client.post(f"{named}sharing/", {"title": "窓口", "audience": "all", "department": section.pk})["Location"]
    board = client.get(shared).content.decode()
    assert "受付から呼出しまでの分の平均" in board
    assert Dashboard.objects.get().tiles.count() == 1


def test_a_refused_filter_is_said_on_the_form() -> None:
    by = cast.clerk()
    table = tables.upload(by, tables.people(), title="利用者", is_of_people=True, person_column="利用者番号")
    query = "by=住所&column1=年代&value1=30歳未満&column2=住所&value2=区外"
    answer = signed_in(by).get(f"/board/tables/{table.token}/?{query}")
    assert answer.status_code == 422
    assert "5人未満" in answer.content.decode()


def test_another_section_reads_the_name_of_a_table_but_does_not_open_it() -> None:
    table = tables.upload(cast.clerk())
    client = signed_in(cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010")))
    listed = client.get("/board/tables/").content.decode()
    assert "窓口の待ち時間" in listed
    assert table.token not in listed
    assert client.get(f"/board/tables/{table.token}/").status_code == 403


def test_the_values_of_a_chart_leave_with_their_words() -> None:
    by = cast.clerk()
    table = tables.upload(by)
    chart = SavedChart.name_it(table, tables.asked(table, by="窓口"), by=by, **tables.WORDS)
    answer = signed_in(by).get(f"/board/charts/{chart.token}/export/")
    assert "no-store" in answer["Cache-Control"]
    assert answer.getvalue().startswith(b"PK")


def test_a_file_that_is_no_table_is_refused_on_its_form() -> None:
    by = cast.clerk()
    facts = {"title": "t", "source": "s", "as_of": "2026-09-30", "department": by.tenures.get().post.department.pk}
    file = SimpleUploadedFile("x.xlsx", b"%PDF-1.4")
    answer = signed_in(by).post("/board/tables/reading/", {"file": file, "expires_on": "2030-01-01", **facts})
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()


@pytest.mark.parametrize("drawing", ["bars", "lines", "shares", "multiples", "table"])
def test_every_drawing_has_its_sentence(drawing: str) -> None:
    by = cast.clerk()
    table = tables.upload(by)
    page = signed_in(by).get(f"/board/tables/{table.token}/?by=来庁日&also=窓口&drawing={drawing}").content.decode()
    assert "1番" in page
    assert "2026-09" in page
    assert "<strong>" in page.split("</figure>")[-1] or "<strong>" in page
