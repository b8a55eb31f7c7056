"""What the survey says in codes, said to a resident; what it leaves open is said to be open."""

import pytest

from tests.cast.procedures import procedure
from todoke.guidance import procedure_summary
from todoke.organization.models import Department
from todoke.procedures.models import Code, CodedValue, install_code_tables

pytestmark = pytest.mark.django_db


def coded(table: str, key: str, **fields: str) -> procedure_summary.ProcedureSummary:
    install_code_tables()
    found = procedure(**fields)
    CodedValue.objects.create(procedure=found, code=Code.objects.get(table=table, key=key))
    return procedure_summary.summarise(found)


def test_what_is_not_known_names_the_telephone() -> None:
    section = Department.objects.create(code="3010", name="生活衛生課", phone="03-1234-5678")
    told = procedure_summary.summarise(procedure(time_offline="0日", department=section))
    assert told.period == told.papers[0] == "電話でお確かめください: 03-1234-5678"
    assert procedure_summary.summarise(procedure()).period == "窓口でお確かめください。"


def test_free_is_said_to_be_free() -> None:
    assert procedure_summary.summarise(procedure(fee="1")).fee == "無料"


def test_an_unknown_fee_is_not_free() -> None:
    assert "無料" not in procedure_summary.summarise(procedure()).fee


def test_no_papers_is_said_too() -> None:
    assert coded("document", "15").papers == ("添える書類はありません。",)


def test_a_planned_service_names_its_year() -> None:
    assert "2026年度" in coded("concern", "0", online_status="2", online_from="3").why_offline


def test_a_plan_of_last_year_names_no_year() -> None:
    assert (
        coded("concern", "0", online_status="2", online_from="1").why_offline
        == "オンラインで受け付ける準備をしています。"
    )


def test_an_exempt_procedure_says_the_law_says_so() -> None:
    assert "法令で" in procedure_summary.summarise(procedure(online_status="3")).why_offline


def test_where_the_nation_takes_it_online_is_told() -> None:
    told = procedure_summary.summarise(procedure(online_status="1", application_system="地方税ポータルシステム(eLTAX)"))
    assert "eLTAX" in told.elsewhere
    assert procedure_summary.summarise(procedure(online_status="1", application_system="電子メール")).elsewhere == ""
