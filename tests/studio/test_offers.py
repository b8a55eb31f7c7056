"""A designer opens a service: form, fee, route and letters become one release, and residents can apply."""

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import formbuilder, procedures
from todoke.demo.offers import route
from todoke.offers.models import Offer, Release
from todoke.organization.models import Post
from todoke.procedures import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer() -> Client:
    client = Client()
    client.force_login(cast.staff("加藤 結衣", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


@pytest.fixture
def terms() -> dict[str, Any]:
    return {
        "form_version": formbuilder.starter("dog-registration").pk,
        "route": route().pk,
        "standard_days": "5",
        "identity": "none",
        "delivery": "郵送または窓口",
        "minutes": "10",
        "fee_label": "犬の登録手数料",
        "fee_amount": "3000",
        "fee_revenue": "13-02-01",
        "letter_title": "犬の登録 通知書",
        "letter_opening": "{received}に申請のあった「{procedure}」について、次のとおり決定しました。",
        "letter_appeal": "この決定に不服があるときは、審査請求をすることができます。",
    }


def opened(designer: Client) -> str:
    procedure = procedures.procedure(department=cast.department("生活衛生課", "6002"))
    designer.post("/studio/offers/addition/", {"number": procedure.number, "code": "dog"})
    return str(procedure.number)


def test_a_designer_puts_a_procedure_online_without_code(designer: Client, terms: dict[str, Any]) -> None:
    number = opened(designer)
    assert Client().get(f"/procedures/{number}/start/").status_code == 404
    answer = designer.post("/studio/offers/dog/release/", terms, follow=True)
    assert "第1版を公開しました" in answer.content.decode()
    assert "3,000円" in Client().get(f"/procedures/{number}/").content.decode()


def test_a_designer_comes_from_the_inventory_with_the_number_filled_in(designer: Client) -> None:
    procedure = procedures.procedure(department=cast.department("生活衛生課", "6002"))
    way = f"/studio/offers/addition/?number={procedure.number}"
    assert way in designer.get(f"/office/procedures/{procedure.number}/").content.decode()
    assert f'value="{procedure.number}"' in designer.get(way).content.decode()


def test_a_designer_finds_a_procedure_by_what_residents_call_it_and_types_no_number(designer: Client) -> None:
    called = {"plain_name": "学童保育の申込み", "search_words": "学童", "department": cast.department("保育課", "5002")}
    club = procedures.procedure("放課後児童クラブ利用申込", **called)
    search.index_procedure(club)
    page = designer.get("/studio/offers/addition/", {"q": "学童"}).content.decode()
    assert "学童保育の申込み" in page
    assert "放課後児童クラブ利用申込" in page
    assert "保育課" in page
    assert designer.post("/studio/offers/addition/", {"number": club.number, "code": ""}).status_code == 302
    assert Offer.objects.get().procedure == club


def test_a_designer_who_finds_nothing_is_led_to_adding_the_procedure(designer: Client) -> None:
    page = designer.get("/studio/offers/addition/", {"q": "学童"}).content.decode()
    assert "/office/listing-requests/addition/?title=%E5%AD%A6%E7%AB%A5" in page


def test_a_procedure_without_a_department_leads_to_the_page_that_sets_it(designer: Client) -> None:
    number = procedures.procedure().number
    answer = designer.post("/studio/offers/addition/", {"number": number}).content.decode()
    assert f'<a href="/office/procedures/{number}/edit/">台帳で所管部署を選んで</a>' in answer


def test_whoever_may_not_open_an_offer_leaves_none_behind() -> None:
    procedure = procedures.procedure(department=cast.department("生活衛生課", "6002"))
    given = {"number": procedure.number, "code": "dog"}
    assert cast.signed_in(cast.headquarters()).post("/studio/offers/addition/", given).status_code == 403
    assert not Offer.objects.exists()


def test_publishing_again_is_a_new_release_and_the_old_one_stays(designer: Client, terms: dict[str, Any]) -> None:
    opened(designer)
    for amount in ("3000", "3500"):
        designer.post("/studio/offers/dog/release/", terms | {"fee_amount": amount})
    newest, first = Release.objects.order_by("-number")
    assert (first.fees.get().amount, newest.fees.get().amount) == (3000, 3500)


def test_a_fee_that_counts_an_unknown_question_is_refused_and_nothing_typed_is_lost(
    designer: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    answer = designer.post("/studio/offers/dog/release/", terms | {"fee_unit": "copies"})
    assert answer.status_code == 422
    assert "この識別子の設問は、選んだ様式の版にありません" in answer.content.decode()
    assert "犬の登録手数料" in answer.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize(("number", "words"), [("P-999999", "台帳にありません"), ("P-1' OR 1", "台帳にありません")])
def test_an_unknown_procedure_cannot_go_online(designer: Client, number: str, words: str) -> None:
    answer = designer.post("/studio/offers/addition/", {"number": number, "code": "x"})
    assert words in answer.content.decode()


def test_a_service_is_closed_with_a_reason(designer: Client, terms: dict[str, Any]) -> None:
    number = opened(designer)
    designer.post("/studio/offers/dog/release/", terms)
    times = {"opens_at": "2026-04-01T09:00", "closes_at": "2026-05-01T17:00"}
    assert designer.post("/studio/offers/dog/schedule/", times).status_code == 422
    designer.post("/studio/offers/dog/schedule/", times | {"reason": "年度の受付を終えるため"})
    assert not Offer.objects.get().is_open()
    assert Client().get(f"/procedures/{number}/start/").status_code == 404


def test_a_clerk_does_not_publish(terms: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast.clerk())
    assert client.get("/studio/offers/").status_code == 403
