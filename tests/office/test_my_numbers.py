import pytest
from django.test import Client

from tests import cast
from tests.cast.my_numbers import NUMBER, received
from todoke.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_the_case_shows_the_number_only_for_a_reason_that_is_kept(client: Client) -> None:
    at, case = received()
    client.force_login(at.clerk)
    page = client.get(f"/office/cases/{case.number}/").content.decode()
    assert NUMBER not in page
    address = f"/office/cases/{case.number}/my-numbers/mine-0/"
    assert address in page
    assert client.post(address, {"reason": ""}).status_code == 422
    shown = client.post(address, {"reason": "所得の情報連携"})
    assert "1234 5678 9018" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert "所得の情報連携" in set(Entry.objects.filter(act="個人番号の閲覧").values_list("reason", flat=True))


def test_another_section_and_another_question_find_nothing(client: Client) -> None:
    at, case = received()
    client.force_login(cast.staff("よその 係員", "other@example.lg.jp", section=cast.department("税務課", "1020")))
    assert client.get(f"/office/cases/{case.number}/my-numbers/mine-0/").status_code == 404
    client.force_login(at.clerk)
    assert client.get(f"/office/cases/{case.number}/my-numbers/email-0/").status_code == 404


def test_no_export_holds_the_number(client: Client) -> None:
    at, _ = received()
    client.force_login(at.clerk)
    exported = b"".join(client.get("/office/cases/export/?kind=csv"))
    assert NUMBER.encode() not in exported
