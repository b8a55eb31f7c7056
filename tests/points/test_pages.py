"""The pages of the points: counter, resident, shop, treasurer; each sees their own and every act is done once."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import points as of_points
from todoke.approvals.models import Proposal
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.points.models import Merchant, PaymentCode, PointCard, PointGrant, PointProgram, Redemption
from todoke.points.point_keys import claim_code

pytestmark = pytest.mark.django_db
LIVING = "/office/points/living/"


def test_a_section_drafts_its_chief_publishes_and_a_person_without_anything_leaves_with_a_card() -> None:
    clerk, chief = cast.signed_in(cast.clerk()), cast.signed_in(cast.chief())
    days = dict.fromkeys(("starts_on", "ends_on", "expires_on"), str(today()))
    terms = {"code": "living", "title": "くらし応援", "points": "7000", "basis": "要綱", "budget_yen": "70000", **days}
    clerk.post("/office/points/addition/", terms)
    assert "まだ公開していません" in clerk.get(LIVING).content.decode()
    assert clerk.post(f"{LIVING}publication/").status_code == 403
    chief.post(f"{LIVING}publication/")
    table = SimpleUploadedFile("list.csv", "宛名番号,生まれた年\n0012345,1950\n0012346,\n".encode())
    clerk.post(f"{LIVING}people/", {"table": table})
    refused = clerk.post(f"{LIVING}grant/", {"resident": "0099999", "way": "counter"})
    assert (refused.status_code, 'value="0099999"' in refused.content.decode()) == (422, True)
    clerk.post(f"{LIVING}grant/", {"resident": "00-12345", "way": "counter"})
    assert clerk.post(f"{LIVING}grant/", {"resident": "0012345", "way": "proxy"}).status_code == 422
    grant = PointGrant.objects.get()
    page = clerk.post(f"{LIVING}grants/{grant.number}/card/").content.decode()
    card = PointCard.objects.get()
    assert card.printed in page
    pin = cast.present(re.search(r'receipt-number">(\d{4})<', page))[1]
    assert card.accepts(pin)
    again = clerk.post(f"{LIVING}grants/{grant.number}/card/replacement/", {"reason": "lost"}).content.decode()
    assert PointCard.objects.exclude(pk=card.pk).get().printed in again
    assert "カードを替える" in clerk.get(f"{LIVING}grants/{grant.number}/").content.decode()


def test_another_section_sees_no_programme_and_no_shop() -> None:
    grant, shop = of_points.granted(of_points.program()), of_points.shop()
    other = cast.signed_in(cast.staff("別課", "other@example.lg.jp", section=cast.department("税務課", "2020")))
    for address in (LIVING, f"{LIVING}grants/{grant.number}/", f"/office/points/merchants/{shop.number}/"):
        assert other.get(address).status_code == 404
    auditor = cast.signed_in(cast.staff("監査", "a@example.lg.jp", Post.Role.AUDITOR))
    assert auditor.get("/office/points/").status_code == 403


def test_a_resident_claims_by_the_letter_sees_own_points_and_shows_a_code() -> None:
    hanako = cast.resident()
    person = of_points.person(of_points.program())
    client = cast.signed_in(hanako)
    assert "ポイントはまだありません" in client.get("/me/points/").content.decode()
    wrong = client.post("/me/points/claim/", {"code": "AAAA-BBBB-CCCC"})
    assert (wrong.status_code, "見つかりません" in wrong.content.decode()) == (422, True)
    client.post("/me/points/claim/", {"code": claim_code("living", person.person_key)})
    assert "7,000ポイント" in client.get("/me/points/").content.decode()
    page = client.post("/me/points/code/").content.decode()
    code = cast.present(re.search(r'receipt-number">(\d{8})<', page))[1]
    assert cast.present(PaymentCode.redeem(code)).user == hanako
    taro = cast.signed_in(cast.resident("田中 太郎", "taro@example.jp"))
    assert "7,000" not in taro.get("/me/points/").content.decode()
    assert taro.post("/me/points/claim/", {"code": claim_code("living", person.person_key)}).status_code == 422


def test_a_shop_applies_is_approved_and_takes_a_card_once_however_often_it_is_sent() -> None:
    holds, owner = of_points.carrier(of_points.program()), cast.resident("店主", "shop@example.jp")
    client = cast.signed_in(owner)
    bank = {"bank_code": "0001", "branch_code": "001", "account_kind": "1", "account_number": "1234567"}
    client.post("/shops/application/", {"name": "八百屋", "category": "food", "payee_kana": "ヤオヤ", **bank})
    shop = Merchant.objects.get()
    chief = cast.signed_in(cast.chief())
    chief.post(f"/office/points/merchants/{shop.number}/approval/")
    given = {"key": "k1", "points": "300", "card": holds.card.number, "pin": holds.pin}
    for _ in range(2):
        assert client.post(f"/shops/{shop.number}/", given).status_code == 302
    wrong = client.post(f"/shops/{shop.number}/", given | {"key": "k2", "pin": "x"})
    assert (wrong.status_code, "暗証番号がちがいます" in wrong.content.decode()) == (422, True)
    assert holds.pin not in wrong.content.decode().split("csrfmiddlewaretoken")[-1].split("きょうの利用")[0]
    page = client.get(f"/shops/{shop.number}/").content.decode()
    assert "300ポイント" in page
    use = Redemption.objects.get()
    stranger = cast.signed_in(cast.resident("他人", "x@example.jp"))
    assert stranger.get(f"/shops/{shop.number}/").status_code == 404
    assert stranger.post(f"/shops/{shop.number}/uses/{use.number}/cancellation/").status_code == 404
    client.post(f"/shops/{shop.number}/uses/{use.number}/cancellation/")
    assert PointGrant.objects.get().left == 7000


def test_the_treasurer_settles_and_a_proposal_is_decided_before_it_is_paid() -> None:
    holds, shop, at = of_points.carrier(of_points.program()), of_points.shop(), of_points.treasury()
    treasurer = cast.signed_in(at.treasurer)
    refused = treasurer.post("/office/points/settlements/run/", {"ends_on": str(today())}, follow=True)
    assert "末日の翌日から作れます" in refused.content.decode()
    day = today() - timedelta(days=1)
    of_points.used_on(day, shop, holds, 300)
    treasurer.post("/office/points/settlements/run/", {"ends_on": str(day)})
    [made] = shop.settlements.all()
    address = f"/office/points/settlements/{made.number}/"
    treasurer.post(f"{address}check/")
    treasurer.post("/office/points/settlements/proposal/", {"route": at.route.pk})
    early = treasurer.post(f"{address}payment/", {"on": str(today())}, follow=True).content.decode()
    assert "いま「決裁中」です" in early
    cast.present(Proposal.objects.get()).approve(by=at.chief)
    payer = {"code": "1234567890", "name_kana": "ミライク", "bank_code": "0001", "branch_code": "001"}
    account = {"account_kind": "1", "account_number": "7654321", "on": str(today())}
    file = treasurer.post("/office/points/settlements/transfer/", payer | account).content
    assert file.split(b"\r\n")[1][80:90] == b"0000000300"
    treasurer.post(f"{address}payment/", {"on": str(today())})
    made.refresh_from_db()
    assert (made.payable, made.status) == (300, "paid")
    assert "300円" in treasurer.get(address).content.decode()
    taken = treasurer.get("/office/points/settlements/?export=csv").getvalue().decode("utf-8-sig")
    assert made.number in taken


def test_many_grants_are_shown_with_what_happened_to_each_in_as_many_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hanako = cast.resident()
    client = cast.signed_in(hanako)
    of_points.granted(of_points.program(), user=hanako)
    with CaptureQueriesContext(connection) as one:
        client.get("/me/points/")
    of_points.granted(of_points.program(code="second"), user=hanako)
    with django_assert_num_queries(len(one)):
        page = client.get("/me/points/").content.decode()
    assert page.count("ポイント付与") == 2
    assert PointProgram.objects.count() == 2


def test_an_outsider_sees_no_page() -> None:
    for address in ("/me/points/", "/shops/", "/office/points/"):
        assert Client().get(address).status_code == 302
