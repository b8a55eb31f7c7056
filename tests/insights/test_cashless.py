"""Headquarters see how many online procedures can be paid without coming, and what stands in the way of the others."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast import cases, payments
from todoke.insights import cashless, channel_counts
from todoke.insights.models import ChannelCount
from todoke.organization.models import Post
from todoke.payments import collection
from todoke.procedures.models import Code, Procedure
from todoke.procedures.models.procedure import CodedValue
from todoke.runtime.refusals import Unreadable

pytestmark = pytest.mark.django_db
COUNTS = '期間の初日,期間の末日,証明書・手続,経路,件数\n2026-10-01,2026-10-31,住民票の写し,コンビニ交付,"1,234"\n'


def elsewhere(title: str, *methods: str, fee: str = "2") -> Procedure:
    """A procedure that another system takes online, with its ways to pay."""
    made = Procedure.objects.create(title=title, fee=fee, online_since=date(2024, 4, 1))
    for key in methods:
        code = Code.objects.get_or_create(table="fee_method", key=key, defaults={"label": key, "position": 1})[0]
        CodedValue.objects.create(procedure=made, code=code)
    return made


def headquarters() -> Client:
    client = Client()
    client.force_login(cast.staff("吉田 翔", "dx@example.lg.jp", Post.Role.HEADQUARTERS))
    return client


def test_the_rate_counts_what_can_be_paid_and_says_what_blocks_the_rest() -> None:
    cases.counter(fee=300)
    elsewhere("施設の予約", "2-3 クレジットカード払い")
    elsewhere("道路の占用", "1-1 行政機関の窓口")
    elsewhere("屋外広告物")
    elsewhere("無料の届出", fee="1")
    Procedure.objects.create(title="紙だけの手続", fee="2")
    found = cashless.cashless_rate()
    assert (found.numerator, found.denominator) == (2, 4)
    assert dict(cashless.obstacle_counts()) == {
        cashless.COUNTER_ONLY: 1,
        cashless.UNKNOWN: 1,
    }


def test_the_page_drills_down_to_rows_whose_sums_are_the_rate() -> None:
    elsewhere("施設の予約", "2-3 クレジットカード払い")
    elsewhere("道路の占用", "1-1 行政機関の窓口")
    client = headquarters()
    page = " ".join(client.get("/board/cashless/").content.decode().split())
    assert "50.00" in page
    assert "分母: オンラインで受け付けている、手数料のある手続" in page
    rows = client.get("/board/cashless/procedures/").content.decode()
    assert "道路の占用" in rows
    assert "1 / 2" in rows
    only = client.get("/board/cashless/procedures/", {"why": cashless.COUNTER_ONLY}).content.decode()
    assert "施設の予約" not in only
    export = client.get("/board/cashless/procedures/export/").getvalue().decode("utf-8-sig")
    assert "道路の占用" in export


def test_the_share_by_method_leaves_out_what_was_taken_back() -> None:
    clerk = cast.clerk()
    for number in range(3):
        collection.pay_at_counter(payments.charge(), reference=f"t{number}", by=clerk)
    collection.handle_event(payments.told(payments.attempt()))
    receipt = collection.pay_at_counter(payments.charge(), reference="t9", method="card", by=clerk)
    assert receipt
    collection.reverse(receipt, reason="試し", by=clerk, day=receipt.booked_on)
    paid = {one.method: (one.receipts, str(one.percent)) for one in cashless.receipts_by_method()}
    assert paid == {"現金(窓口)": (3, "75.0"), "クレジットカード": (1, "25.0")}


def test_konbini_certificates_are_imported_whole_and_again_without_doubling() -> None:
    client = headquarters()
    for _ in range(2):
        file = SimpleUploadedFile("konbini.csv", COUNTS.encode("cp932"))
        client.post("/board/cashless/counts/", {"file": file})
    assert ChannelCount.objects.get().count == 1234
    assert "1,234" in client.get("/board/cashless/").content.decode()
    by = cast.clerk()
    for wrong in ("11月,,住民票の写し,,\n", "2026-11-30,2026-11-01,住民票の写し,郵送,3\n"):
        with pytest.raises(Unreadable, match="3行目"):
            channel_counts.import_counts("x.csv", (COUNTS + wrong).encode(), by=by)
    assert ChannelCount.objects.count() == 1


def test_a_clerk_may_look_and_not_import() -> None:
    client = Client()
    client.force_login(cast.clerk())
    file = SimpleUploadedFile("konbini.csv", COUNTS.encode())
    assert client.post("/board/cashless/counts/", {"file": file}).status_code == 403
