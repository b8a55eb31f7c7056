"""What the public pages say stands in the API too, without a key; its description is the committed one."""

import json
from pathlib import Path

import pytest
from django.test import Client

from tests.cast.api import said
from tests.cast.cases import counter
from todoke.api.version1 import api

pytestmark = pytest.mark.django_db
COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


def test_services_forms_procedures_and_figures_are_open_to_everybody(client: Client) -> None:
    at = counter()
    code = at.release.offer.code
    [service] = said(client.get("/api/v1/services"))["items"]
    assert (service["code"], service["department"]) == (code, "戸籍住民課")
    assert said(client.get(f"/api/v1/services/{code}"))["standard_days"] == 5
    form = said(client.get(f"/api/v1/services/{code}/form"))
    assert [each["id"] for each in form["questions"]] == ["name", "email", "copies", "welfare"]
    assert said(client.get("/api/v1/procedures"))["items"][0]["title"] == "証明書の請求"
    for figure in said(client.get("/api/v1/figures")):
        assert {"meaning", "numerator_is", "denominator_is", "on"} <= figure.keys()
        assert said(client.get(f"/api/v1/figures/{figure['key']}")) == figure


def test_what_is_not_there_is_said_as_a_problem(client: Client) -> None:
    for path in ("/api/v1/services/none", "/api/v1/figures/none", "/api/v1/nowhere", "/api/v2/cases"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json"), path


def test_the_description_is_the_committed_one(client: Client) -> None:
    told = said(client.get("/api/v1/openapi.json"))
    assert told == json.loads(COMMITTED.read_text()), "Read the change, then write docs/reference/openapi.json anew."
    assert told["openapi"].startswith("3.1")


def test_the_page_describes_every_operation_without_a_script(client: Client) -> None:
    page = client.get("/api/").content.decode()
    for operations in api.get_openapi_schema()["paths"].values():
        assert all(told["summary"] in page for told in operations.values())
    assert "swagger" not in page
