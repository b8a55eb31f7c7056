"""A designer opens a service: form, fee, route and letters become one release, and residents can apply."""

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import formbuilder, procedures
from todoke.demo.offers import route
from todoke.offers.models import Offer, Release, ReleaseDraft
from todoke.organization.models import Post
from todoke.procedures import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def designer() -> Client:
    client = Client()
    client.force_login(cast.staff("加藤 結衣", "designer@example.lg.jp", Post.Role.DESIGNER))
    return client


@pytest.fixture
def second() -> Client:
    return cast.signed_in(cast.staff("森 一郎", "designer2@example.lg.jp", Post.Role.DESIGNER))


@pytest.fixture
def terms() -> dict[str, Any]:
    return {
        "form_version": formbuilder.starter("dog-registration").pk,
        "route": route().pk,
        "standard_days": "5",
        "identity": "none",
        "delivery": "郵送または窓口",
        "minutes": "10",
        "fee_0_label": "犬の登録手数料",
        "fee_0_amount": "3000",
        "fee_0_revenue": "other",
        "fee_0_revenue_new": "13-02-01",
        "letter_title": "犬の登録 通知書",
        "letter_opening": "{受付日}に申請のあった「{手続}」について、次のとおり決定しました。",
        "letter_appeal": "この決定に不服があるときは、審査請求をすることができます。",
    }


def publish(first: Client, second: Client, terms: dict[str, Any]) -> str:
    """One designer saves the terms and asks, another one confirms; return the page that follows."""
    first.post("/studio/offers/dog/terms/edition/", terms)
    first.post("/studio/offers/dog/review/", {"request": "手数料"})
    return second.post("/studio/offers/dog/release/", follow=True).content.decode()


def opened(designer: Client) -> str:
    procedure = procedures.procedure(department=cast.department("生活衛生課", "6002"))
    designer.post("/studio/offers/addition/", {"number": procedure.number, "code": "dog"})
    return str(procedure.number)


def test_two_designers_put_a_procedure_online_without_code(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    number = opened(designer)
    assert Client().get(f"/procedures/{number}/start/").status_code == 404
    assert "第1版を公開しました" in publish(designer, second, terms)
    assert "3,000円" in Client().get(f"/procedures/{number}/").content.decode()


def test_fee_route_and_letter_do_not_go_live_by_one_person(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    designer.post("/studio/offers/dog/terms/edition/", terms)
    early = designer.post("/studio/offers/dog/release/", follow=True).content.decode()
    assert "作った人ではない人が内容を確かめると、公開されます" in early
    designer.post("/studio/offers/dog/review/")
    assert "自分では終えられません" in designer.post("/studio/offers/dog/release/", follow=True).content.decode()
    assert not Release.objects.exists()
    assert "あなたの確認を待っている受付の条件" in second.get("/studio/").content.decode()
    assert "確かめて公開する" in second.get("/studio/offers/dog/").content.decode()


def test_terms_that_change_after_the_request_must_be_confirmed_again(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    designer.post("/studio/offers/dog/terms/edition/", terms)
    designer.post("/studio/offers/dog/review/")
    designer.post("/studio/offers/dog/terms/edition/", terms | {"fee_0_amount": "1"})
    assert "まだ公開できません" in second.post("/studio/offers/dog/release/", follow=True).content.decode()
    assert not Release.objects.exists()


def test_a_second_person_returns_the_terms_with_what_to_mend(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    designer.post("/studio/offers/dog/terms/edition/", terms)
    designer.post("/studio/offers/dog/review/")
    assert "直してほしいところを書いて" in second.post("/studio/offers/dog/return/", follow=True).content.decode()
    second.post("/studio/offers/dog/return/", {"comment": "手数料は条例の額に"})
    assert "手数料は条例の額に" in designer.get("/studio/offers/dog/").content.decode()


def test_a_letter_with_a_place_that_nobody_fills_in_is_refused_with_the_list_of_usable_ones(
    designer: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    answer = designer.post("/studio/offers/dog/terms/edition/", terms | {"letter_opening": "{sinsei}に申請のあった件"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "「{sinsei}」は、案件の内容に置き換えられません。使えるもの: " in page
    assert "{犬の名前}" in page
    assert "{sinsei}に申請のあった件" in page
    assert not ReleaseDraft.objects.exists()


def test_a_place_chosen_from_the_list_is_put_into_the_text_without_a_script(
    designer: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    given = terms | {"letter_opening": "次の犬:", "letter_place": "犬の名前", "insert": "1"}
    assert "次の犬:{犬の名前}" in designer.post("/studio/offers/dog/terms/edition/", given).content.decode()


def test_the_letter_is_seen_with_a_sample_case_before_it_goes_live(designer: Client, terms: dict[str, Any]) -> None:
    opened(designer)
    chosen = {"letter_opening": "{犬の名前}について", "letter_quoted": ["dog_name"]}
    page = designer.post("/studio/offers/dog/terms/edition/", terms | chosen, follow=True).content.decode()
    assert "見本について" in page
    assert "<dt>犬の名前</dt><dd>見本</dd>" in page
    pdf = designer.get("/studio/offers/dog/letters/grant/")
    assert (pdf["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_what_changes_from_the_release_in_force_is_shown_before_it_is_confirmed(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    publish(designer, second, terms)
    page = designer.post("/studio/offers/dog/terms/edition/", terms | {"fee_0_amount": "3500"}, follow=True)
    text = page.content.decode()
    assert "3,000円、歳入科目 13-02-01</td>" in text
    assert "3,500円、歳入科目 13-02-01</td>" in text


def test_a_fee_in_the_guide_that_differs_from_the_fee_of_the_service_is_said(
    designer: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    page = designer.post("/studio/offers/dog/terms/edition/", terms | {"fee_0_amount": "2999"}, follow=True)
    assert "ここの手数料にありません" in page.content.decode()


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


def test_publishing_again_is_a_new_release_and_the_old_one_stays(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    for amount in ("3000", "3500"):
        publish(designer, second, terms | {"fee_0_amount": amount})
    newest, first = Release.objects.order_by("-number")
    assert (first.fees.get().amount, newest.fees.get().amount) == (3000, 3500)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"fee_0_unit": "copies"}, "この設問は、選んだ様式の版にありません"),
        ({"fee_0_amount": ""}, "手数料の単価を入力してください"),
        ({"fee_0_revenue_new": ""}, "歳入科目を選ぶか、番号を書いてください"),
    ],
)
def test_a_fee_that_cannot_be_charged_is_refused_and_nothing_typed_is_lost(
    designer: Client, terms: dict[str, Any], given: dict[str, str], words: str
) -> None:
    opened(designer)
    answer = designer.post("/studio/offers/dog/terms/edition/", terms | given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "犬の登録手数料" in answer.content.decode()
    assert not ReleaseDraft.objects.exists()


@pytest.mark.parametrize(("number", "words"), [("P-999999", "台帳にありません"), ("P-1' OR 1", "台帳にありません")])
def test_an_unknown_procedure_cannot_go_online(designer: Client, number: str, words: str) -> None:
    answer = designer.post("/studio/offers/addition/", {"number": number, "code": "x"})
    assert words in answer.content.decode()


def test_a_service_is_closed_with_a_reason(designer: Client, second: Client, terms: dict[str, Any]) -> None:
    number = opened(designer)
    publish(designer, second, terms)
    times = {"opens_at": "2026-04-01T09:00", "closes_at": "2026-05-01T17:00"}
    assert designer.post("/studio/offers/dog/schedule/", times).status_code == 422
    designer.post("/studio/offers/dog/schedule/", times | {"reason": "年度の受付を終えるため"})
    assert not Offer.objects.get().is_open()
    assert Client().get(f"/procedures/{number}/start/").status_code == 404


def test_a_clerk_does_not_publish(terms: dict[str, Any]) -> None:
    client = Client()
    client.force_login(cast.clerk())
    assert client.get("/studio/offers/").status_code == 403


def test_a_second_person_publishes_only_what_she_read(designer: Client, second: Client, terms: dict[str, Any]) -> None:
    opened(designer)
    designer.post("/studio/offers/dog/terms/edition/", terms)
    designer.post("/studio/offers/dog/review/")
    seen = {"revision": str(ReleaseDraft.objects.get().revision)}
    assert f'name="revision" value="{seen["revision"]}"' in second.get("/studio/offers/dog/").content.decode()
    designer.post("/studio/offers/dog/terms/edition/", terms | {"fee_0_amount": "9000"})
    designer.post("/studio/offers/dog/review/")
    said = second.post("/studio/offers/dog/release/", seen, follow=True).content.decode()
    assert "この案はそのあとで変わりました" in said
    assert not Release.objects.exists()


def test_two_fees_of_one_name_are_both_read_before_they_are_confirmed(
    designer: Client, second: Client, terms: dict[str, Any]
) -> None:
    opened(designer)
    more = {
        "fee_1_label": "犬の登録手数料",
        "fee_1_amount": "1550",
        "fee_1_revenue": "other",
        "fee_1_revenue_new": "13-02-01",
    }
    designer.post("/studio/offers/dog/terms/edition/", terms | more)
    page = second.get("/studio/offers/dog/").content.decode()
    assert [words for words in ("3,000円", "1,550円") if words not in page] == []
