"""A resident finds a procedure in their own words and learns what it takes before anything is asked."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import department
from tests.cast.cases import counter
from tests.cast.procedures import procedure
from todoke.accounts.actors import System
from todoke.guidance import seed_data
from todoke.guidance.models import PlainName

pytestmark = pytest.mark.django_db


def page(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_office_word_is_found_from_the_everyday_word(client: Client) -> None:
    seed_data.load(by=System())
    procedure("犬の登録の申請・登録・鑑札の交付")
    procedure("道路の占用許可")
    found = page(client, "/procedures/", q="ワンちゃんを飼い始めました")
    assert "犬の登録の申請" in found
    assert "道路の占用" not in found


def test_moving_leads_to_moving_in_and_out(client: Client) -> None:
    seed_data.load(by=System())
    for title in ("新たに市町村の区域内に住所を定めた者の転入届出", "転出証明書の再交付の申請", "妊娠の届出"):
        procedure(title)
    found = page(client, "/procedures/", q="引っ越し")
    assert "転入届出" in found
    assert "転出証明書" in found
    assert "妊娠" not in found


def test_what_can_be_done_online_comes_first(client: Client) -> None:
    procedure("届出の証明書")
    counter()
    found = page(client, "/procedures/", q="証明書")
    assert found.index("証明書の請求") < found.index("届出の証明書")


def test_a_life_event_shows_its_procedures(client: Client) -> None:
    seed_data.load(by=System())
    procedure("改葬の許可の申請")
    assert "改葬の許可" in page(client, "/procedures/", event="bereavement")


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "別の言い方で" in page(client, "/procedures/", q="量子コンピュータ")


def test_what_was_typed_is_never_markup(client: Client) -> None:
    assert "<script>x" not in page(client, "/procedures/", q="<script>x")


def test_a_procedure_without_online_service_is_honest(client: Client) -> None:
    number = procedure(
        "犬の死亡の届出", fee="1", actor="5", time_offline="1月", department=department("生活衛生課", "3010")
    ).number
    shown = page(client, f"/procedures/{number}/")
    for words in ("オンラインでは申請できません", "無料", "およそ1か月", "個人の方", "生活衛生課"):
        assert words in shown
    assert "オンラインで申請する" not in shown


def test_an_online_procedure_offers_every_channel(client: Client) -> None:
    counter()
    shown = page(client, "/procedures/P-1010/")
    for words in ("オンラインで申請する", "窓口", "郵送", "無料", "5開庁日", "戸籍住民課"):
        assert words in shown


def test_an_unknown_number_is_not_found(client: Client) -> None:
    assert client.get("/procedures/P-999999/").status_code == 404


def test_the_list_asks_the_database_little(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        procedure(f"犬の届出 {number}")
    with django_assert_num_queries(2):
        client.get("/procedures/", {"q": "犬", "page": "1"})


def test_a_page_asks_the_database_little(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    number = procedure(department=department()).number
    with django_assert_num_queries(5):
        client.get(f"/procedures/{number}/")


def test_home_offers_search_events_and_status(client: Client) -> None:
    seed_data.load(by=System())
    home = page(client, "/")
    for words in ("どんな手続をしますか", "引っ越し", "申請の状況を確認する"):
        assert words in home


def test_fee_time_and_papers_stand_before_the_one_button_and_the_other_ways_after(client: Client) -> None:
    number = counter(fee=300).release.offer.procedure.number
    shown = page(client, f"/procedures/{number}/")
    order = [
        "手数料",
        "かかる期間",
        "いつまでに",
        "必要なもの",
        "オンラインで申請する",
        "手数料の内訳",
        "窓口や郵送で手続する",
    ]
    places = [shown.index(f">{words}</" if words in {"手数料", "手数料の内訳"} else words) for words in order]
    assert places == sorted(places)
    assert shown.count("button button--secondary") == 1
    assert shown.count(f"/procedures/{number}/start/") == 1


def test_a_procedure_is_called_as_people_call_it_also_where_it_is_online(client: Client) -> None:
    number = counter().release.offer.procedure.number
    PlainName.objects.create(title="証明書の請求", plain="証明書をもらう", english="Get a certificate")
    assert "<h1>証明書をもらう</h1>" in page(client, f"/procedures/{number}/")
    client.cookies["django_language"] = "en"
    assert "<h1>Get a certificate</h1>" in page(client, f"/procedures/{number}/")


def test_who_writes_by_post_prints_the_form_on_the_page(client: Client) -> None:
    number = counter().release.offer.procedure.number
    assert f"/procedures/{number}/form.pdf" in page(client, f"/procedures/{number}/")
    form = client.get(f"/procedures/{number}/form.pdf")
    assert form.content.startswith(b"%PDF")
    assert client.get("/procedures/P-999999/form.pdf").status_code == 404
