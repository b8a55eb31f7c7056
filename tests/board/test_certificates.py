"""The page of the certificates: a statement is read by its layout, and a bill that is too high is named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from todoke.insights.models import IssuingBill, StatementLayout

pytestmark = pytest.mark.django_db


def test_a_layout_is_registered_a_statement_read_and_the_bill_checked() -> None:
    desk = cast.signed_in(cast.headquarters())
    heads = {"name": "月報", "month_head": "年月", "what_head": "証明書", "count_head": "通数", "route": "コンビニ"}
    desk.post("/board/sheets/statement-layouts/all/new/", heads)
    desk.post("/board/sheets/issuing-fees/all/new/", {"yen": "117", "starts_on": "2026-04-01", "source": "見本"})
    desk.post("/board/sheets/issuing-bills/all/new/", {"month": "2026-06-01", "yen": "1287", "source": "第6号"})
    assert IssuingBill.objects.count() == 1
    before = desk.get("/board/certificates/").content.decode()
    assert "月報が届いていません" in before
    assert ">届いていません</td>" in before
    assert "None" not in before
    file = SimpleUploadedFile("m.csv", "年月,証明書,通数\n202606,住民票の写し,10\n".encode())
    desk.post("/board/certificates/statement/", {"layout": StatementLayout.objects.get().pk, "file": file})
    page = desk.get("/board/certificates/").content.decode()
    assert "請求が117円多いです" in page
    assert "全部の通数(10通)" in page


def test_a_clerk_reads_and_takes_nothing_in() -> None:
    clerk = cast.signed_in(cast.clerk())
    assert clerk.get("/board/certificates/").status_code == 200
    assert clerk.post("/board/certificates/statement/", {}).status_code == 403
