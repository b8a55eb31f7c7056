"""A designer looks at how the ward's own cases really went, and puts measured times in the place of guesses."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from tests.cast import cases, clerk, staff
from todoke.cases.models import Case, CaseEvent
from todoke.flows.models import Flow
from todoke.flows.step_rows import table_from_cells
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).parents[1] / "assets" / "reports"
COLUMNS = ("name", "party", "least", "usual", "most", "wait", "next")


@pytest.fixture
def designer(client: Client) -> Client:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


@pytest.fixture
def acts() -> list[str]:
    """Six applications from the web, each two hours at its last step; the names of their steps."""
    at = cases.counter()
    for _ in range(6):
        cases.proposed(at)
    names = list(dict.fromkeys(CaseEvent.objects.order_by("pk").values_list("act", flat=True)))
    CaseEvent.objects.filter(act=names[-1]).update(at=F("at") + timedelta(hours=2))
    return names


def guessed(acts: list[str]) -> Flow:
    """A flow of these steps, ten minutes each, as somebody guessed it."""
    lines = [dict(zip(COLUMNS, (act, "担当", "5", "10", "15", "7", ""), strict=True)) for act in acts]
    table, _ = table_from_cells(lines, "証明書")
    return Flow.begin(table, "証明書", by=staff("別の人", "other@example.lg.jp", Post.Role.DESIGNER))


def analysed(designer: Client, **chosen: str) -> str:
    """Ask for an analysis of own cases, let the worker do it, and return where its result stands."""
    asked = designer.post(reverse("studio:mining-cases"), chosen)
    cases.work_off()
    return asked.headers["Location"]


def read(designer: Client, path: Path) -> str:
    """Let the worker analyse a file, and return the page of the result."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    asked = designer.post(reverse("studio:mining-analysis"), {"file": file})
    cases.work_off()
    return designer.get(asked.headers["Location"]).content.decode()


def test_a_designer_sees_how_the_wards_own_cases_went(designer: Client, acts: list[str]) -> None:
    page = designer.get(analysed(designer)).content.decode()
    assert "案件 6 件" in page
    assert "このごろの分析" in designer.get(reverse("studio:mining")).content.decode()
    assert f"6 件: {' → '.join(acts)}" in page
    assert "2.00" in page


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"channel": "web"}, "案件 6 件"),
        ({"channel": "post"}, "まだありません"),
        ({"offer": "certificate-1010"}, "案件 6 件"),
        ({"until": -1}, "まだありません"),
        ({"since": 0, "until": 0}, "案件 6 件"),
    ],
)
def test_a_designer_chooses_channel_service_and_days(
    designer: Client, acts: list[str], chosen: dict[str, str | int], found: str
) -> None:
    """Days are counted from the one on which the first case was received."""
    first = localtime(Case.objects.earliest("received_at").received_at).date()
    asked = {key: str(first + timedelta(days=said)) if isinstance(said, int) else said for key, said in chosen.items()}
    assert found in designer.get(analysed(designer, **asked)).content.decode()


def test_measured_waiting_takes_the_place_of_the_guess_and_says_so(designer: Client, acts: list[str]) -> None:
    flow = guessed(acts)
    token = analysed(designer, channel="web").split("/")[-2]
    designer.post(reverse("studio:mining-measurement", args=[flow.number]), {"analysis": token})
    flow.refresh_from_db()
    last = flow.table.rows[-1]
    assert last.work.wait == pytest.approx(110, abs=0.2)
    assert last.work.basis == "計測(案件の経過)"
    assert flow.table.rows[0].work.wait == 7
    assert not flow.table.rows[0].work.basis


def test_where_nothing_was_received_the_guess_stays(designer: Client, acts: list[str]) -> None:
    flow = guessed(acts)
    token = analysed(designer, channel="phone").split("/")[-2]
    there = reverse("studio:mining-measurement", args=[flow.number])
    page = designer.post(there, {"analysis": token}, follow=True)
    flow.refresh_from_db()
    assert "分析の結果がありません" in page.content.decode()
    assert {row.work.wait for row in flow.table.rows} == {7}


def test_a_way_that_few_cases_took_is_not_told(designer: Client) -> None:
    cases.proposed(cases.counter())
    page = designer.get(analysed(designer)).content.decode()
    assert "5件に満たない経路 1 種類" in page


def test_a_clerk_does_not_come_in(client: Client) -> None:
    client.force_login(clerk())
    assert client.post(reverse("studio:mining-cases")).status_code == 403


def test_what_really_happened_becomes_the_draft_of_a_flow(designer: Client, acts: list[str]) -> None:
    page = designer.get(analysed(designer))
    designer.post(reverse("studio:mining-draft"), {"title": "証明書の実際", "cells": page.context["cells"]})
    flow = Flow.objects.get()
    assert (flow.title, [row.name for row in flow.table.rows]) == ("証明書の実際", acts)
    assert flow.table.rows[-2].work.wait == 120
    told = designer.post(reverse("studio:mining-draft"), {"title": "x", "cells": "{"}, follow=True)
    assert "下書きにする流れがありません" in told.content.decode()
    assert Flow.objects.count() == 1


def test_the_ways_and_their_times_are_taken_along_as_a_file(designer: Client, acts: list[str]) -> None:
    file = designer.get(analysed(designer), {"export": "csv"}).getvalue().decode("utf-8-sig")
    assert file.splitlines()[0] == "前の作業,次の作業,回数,中央値(時間),95%(時間)"
    assert f"{acts[-2]},{acts[-1]},6,2.0,2.0" in file


def test_a_designer_sees_work_and_waiting_and_what_of_a_log_was_not_taken(designer: Client) -> None:
    text = read(designer, next(REPORTS.glob("b12_*")))
    for words in (
        "作業の時間",
        "0.83",
        "取り込まなかったものがあります",
        "開始や割当てなどの記録は取り込んでいません: 5行",
    ):
        assert words in text
    assert "やり直しのある案件 0 件" in text


def test_a_log_with_a_title_and_a_total_says_what_was_left_out(designer: Client) -> None:
    assert "4行目「合計」" in read(designer, next(REPORTS.glob("b37g_*")))
