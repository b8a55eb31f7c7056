"""What the survey says in codes, said to a resident; what it leaves open is said to be open."""

import pytest

from tests.cast.procedures import procedure
from todoke.guidance import procedure_summary
from todoke.procedures.models import Code, CodedValue, install_code_tables

pytestmark = pytest.mark.django_db


def coded(table: str, key: str, **fields: str) -> procedure_summary.ProcedureSummary:
    install_code_tables()
    found = procedure(**fields)
    CodedValue.objects.create(procedure=found, code=Code.objects.get(table=table, key=key))
    return procedure_summary.summarise(found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1月", "およそ1か月"),
        ("30日", "およそ30日"),
        ("１週間", "およそ1週間"),
        ("地方等における手続であり、処理期間は不明である。", "内容によって違います。窓口でお確かめください。"),
        ("", "内容によって違います。窓口でお確かめください。"),
        ("申請の翌月末", "申請の翌月末"),
    ],
)
def test_one_tsuki_is_a_month_long(typed: str, said: str) -> None:
    assert procedure_summary.format_period(typed) == said


def test_free_is_said_to_be_free() -> None:
    assert procedure_summary.summarise(procedure(fee="1")).fee == "無料"


def test_an_unknown_fee_is_not_free() -> None:
    assert "無料" not in procedure_summary.summarise(procedure()).fee


def test_no_papers_is_said_too() -> None:
    assert coded("document", "15").papers == ("添える書類はありません。",)


def test_a_planned_service_names_its_year() -> None:
    assert "2026年度" in coded("concern", "0", online_status="2", online_from="3").why_offline


def test_an_exempt_procedure_says_the_law_says_so() -> None:
    assert "法令で" in procedure_summary.summarise(procedure(online_status="3")).why_offline


def test_where_the_nation_takes_it_online_is_told() -> None:
    told = procedure_summary.summarise(procedure(online_status="1", application_system="地方税ポータルシステム(eLTAX)"))
    assert "eLTAX" in told.elsewhere
    assert procedure_summary.summarise(procedure(online_status="1", application_system="電子メール")).elsewhere == ""
