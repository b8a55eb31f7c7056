"""One page joins what is known of a procedure, from the list to its figures, and leads to the next step."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import clerk, department, signed_in, staff
from tests.cast.procedures import procedure
from todoke.flows.models import ExperienceSurvey, Flow
from todoke.organization.models import Post
from todoke.procedures import flow_links, search
from todoke.procedures.models import Procedure, Volume, install_code_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def club() -> Procedure:
    install_code_tables()
    made = procedure("放課後児童クラブ利用申込", kind="1", actor="5", department=department("保育課", "5002"))
    search.index_procedure(made)
    return made


@pytest.fixture
def desk() -> Client:
    return signed_in(staff("加藤", "designer@example.lg.jp", Post.Role.DESIGNER))


def steps(desk: Client, known: Procedure) -> tuple[str, list[bool]]:
    loop = desk.get(f"/office/procedures/{known.number}/").context["loop"]
    return loop.next.step[0] if loop.next else "", [stage.done for stage in loop.stages]


def counted(known: Procedure) -> None:
    Volume.objects.create(
        procedure=known, starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), total=250, source="台帳"
    )


def test_a_designer_is_led_from_one_step_to_the_next(desk: Client, club: Procedure) -> None:
    assert steps(desk, club)[0] == "区の件数を書く"
    counted(club)
    assert steps(desk, club) == ("見直しを書く", [True, False, False, False, False, False, False])
    text = desk.get(f"/office/procedures/{club.number}/").content.decode()
    assert "保育課、1年に250件(区の件数)" in text
    assert "1件のうち1位" in text


def test_a_form_begun_from_the_procedure_needs_no_number(desk: Client, club: Procedure) -> None:
    way = f"/studio/forms/library/?number={club.number}"
    assert way in desk.get(f"/office/procedures/{club.number}/").content.decode()
    assert f'value="{club.number}"' in desk.get(way).content.decode()


def test_a_flow_begun_from_the_procedure_carries_it_and_its_copy_too(desk: Client, club: Procedure) -> None:
    way = f"/studio/flows/library/?procedure={club.number}&title={club.title}"
    assert f'value="{club.number}"' in desk.get(way).content.decode()
    desk.post("/studio/flows/addition/", {"title": "利用決定", "start": "", "procedure": club.number})
    flow = Flow.objects.get()
    copy = flow.copy_to_be(by=clerk())
    assert [flow_links.procedure_of_flow(each) for each in (flow, copy)] == [club, club]
    assert club.title in desk.get(f"/studio/flows/{copy.number}/").content.decode()
    assert steps(desk, club)[1][3:5] == [True, True]
    assert f"/studio/flows/{flow.number}/" in desk.get(f"/office/procedures/{club.number}/").content.decode()


def test_a_flow_that_stands_already_is_joined_by_words_and_parted_again(desk: Client, club: Procedure) -> None:
    desk.post("/studio/flows/addition/", {"title": "利用決定", "start": ""})
    flow = Flow.objects.get()
    here = f"/studio/flows/{flow.number}/procedure/"
    assert club.number in desk.get(here, {"q": "児童クラブ"}).content.decode()
    desk.post(here, {"number": club.number})
    assert flow_links.procedure_of_flow(flow) == club
    desk.post(here, {"number": ""})
    assert flow_links.procedure_of_flow(flow) is None


def test_a_survey_carries_its_procedure_and_so_does_its_repetition(desk: Client, club: Procedure) -> None:
    said = {"title": "学童の申込み", "persona": "田中さん", "scenario": "窓口で申し込む", "walked_on": "2026-11-01"}
    desk.post("/studio/surveys/addition/", {**said, "procedure": club.number})
    survey = ExperienceSurvey.objects.get()
    again = survey.repeat(walked_on=date(2026, 11, 20), by=clerk())
    assert flow_links.procedure_of_survey(again) == club
    assert "窓口体験調査 1回" in desk.get(f"/office/procedures/{club.number}/").content.decode()


def test_a_clerk_sees_the_state_and_no_button_of_pages_that_are_closed_to_her(club: Procedure) -> None:
    counted(club)
    other = signed_in(clerk(department("税務課", "3002")))
    text = other.get(f"/office/procedures/{club.number}/").content.decode()
    assert "手続の歩み" in text
    assert "/studio/surveys/" not in text
    assert "/studio/offers/" not in text


def test_the_page_asks_as_much_of_many_procedures_as_of_one(
    desk: Client, club: Procedure, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(30):
        counted(procedure(f"届出{n}", kind="1"))
    with django_assert_max_num_queries(70):
        desk.get(f"/office/procedures/{club.number}/")


def test_the_lists_of_flows_and_surveys_say_whose_procedure_each_is(desk: Client, club: Procedure) -> None:
    desk.post("/studio/flows/addition/", {"title": "利用決定", "start": "", "procedure": club.number})
    Flow.objects.get().copy_to_be(by=clerk())
    assert desk.get("/studio/flows/").content.decode().count(f">{club.title}</a>") == 2
    said = {"title": "学童の申込み", "persona": "田中さん", "scenario": "窓口で申し込む", "walked_on": "2026-11-01"}
    desk.post("/studio/surveys/addition/", {**said, "procedure": club.number})
    assert f">{club.title}</a>" in desk.get("/studio/surveys/").content.decode()
