import copy

import pytest
from django.test import Client

from tests import cast
from tests.cast.cases import FILLED, Counter, counter
from todoke.accounts.actors import Guest, System
from todoke.audit.models import Entry
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.offers.models import Release

pytestmark = pytest.mark.django_db
NUMBER = "123456789018"


def received() -> tuple[Counter, Case]:
    """A case whose form asks for a My Number."""
    at = counter()
    form = at.release.form_version.draft
    document = {**copy.deepcopy(form.document), "my_number_basis": "番号法別表の項(見本)"}
    document["pages"][0]["groups"][0]["questions"].append({"id": "mine", "kind": "my_number", "label": "個人番号"})
    form.edit(document, by=System())
    release = Release.publish(
        at.release.offer, by=System(), form_version=form.publish(by=System()), route=at.release.route,
        standard_days=5, delivery="窓口",
    )  # fmt: skip
    draft = intake.begin(release, by=Guest())
    draft.submission.save_page("person", {**FILLED, "mine": NUMBER}, by=Guest())
    return at, intake.accept(draft.submission, by=Guest())


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
