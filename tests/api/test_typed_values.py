"""The API takes moments, numbers and encoded files as its description writes them, in every parameter and field."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.cast.api import Caller, caller, said
from tests.cast.automations import COLUMNS, running
from tests.cast.cases import counter
from todoke.api.version1 import api
from todoke.cases.models import Case
from todoke.systems.models import AutomationRun

pytestmark = pytest.mark.django_db
NO_MOMENTS = ["0.5", "1", "2026-04-01", "2026-04-01 09:00:00+09:00", "2026-04-01T09:00:00", "2026-04-01T09:00+09:00"]
MOMENTS: list[Any] = [0.5, 1, True, *NO_MOMENTS]
NO_NUMBERS = ["1.0", "1_0", " 1", "+1", "1e1", "true", "１"]


def parameters(of: str, key: str) -> Iterator[tuple[str, str]]:
    """Every address without a case in it that takes a parameter of a kind, with the parameter's name."""
    for path, operations in api.get_openapi_schema()["paths"].items():
        for told in operations["get"].get("parameters", []) if "get" in operations else []:
            shapes = told["schema"].get("anyOf", [told["schema"]])
            if told["in"] == "query" and any(shape.get(key) == of for shape in shapes):
                yield path.removeprefix("/api/v1"), told["name"]


def fields(key: str, of: str) -> list[str]:
    """Every field of what the API takes that is of a kind."""
    shapes = api.get_openapi_schema()["components"]["schemas"]
    taken = {name for name in shapes if name.endswith("In")} | {"SentFileShape"}
    return [
        f"{name}.{field}"
        for name in sorted(taken)
        for field, told in shapes[name]["properties"].items()
        if any(shape.get(key) == of for shape in told.get("anyOf", [told]))
    ]


def asked(by: Caller, path: str, name: str, value: str) -> int:
    return by.get(f"{path}?{name}={quote(value)}").status_code


def test_every_moment_in_an_address_is_written_with_day_time_and_offset() -> None:
    by, found = caller(counter()), list(parameters("date-time", "format"))
    assert found == [("/cases", "since")]
    for path, name in found:
        assert [asked(by, path, name, value) for value in NO_MOMENTS] == [422] * len(NO_MOMENTS)
        assert asked(by, path, name, "2026-04-01T09:00:00.5Z") == 200
        answer = by.get(f"{path}?{name}=2026-04-01T09:00:00+09:00")
        assert (answer.status_code, "%2B" in said(answer)["faults"][0]["detail"]) == (422, True)


def test_every_number_in_an_address_is_written_in_digits() -> None:
    by, found = caller(counter()), list(parameters("integer", "type"))
    assert len(found) == 3
    for path, name in found:
        assert [asked(by, path, name, value) for value in NO_NUMBERS] == [422] * len(NO_NUMBERS), path
        assert asked(by, path, name, "1") == 200


def test_every_moment_and_number_of_a_body_is_known_here() -> None:
    assert fields("format", "date-time") == ["ApplicationIn.received_at", "RunEndIn.ended_at", "RunIn.started_at"]
    counts = ["RunEndIn.units", "RunEndIn.exceptions", "RunEndIn.human_minutes"]
    assert fields("type", "integer") == [*counts, "SentFileShape.row"]


def test_every_moment_and_number_of_a_run_is_refused_in_another_shape() -> None:
    at = counter()
    running(at.section)
    by, path = caller(at), "/automations/transfer-list/runs"
    begun = {"run": "r-1", "columns": list(COLUMNS), "encoding": "utf-8"}
    for value in MOMENTS:
        assert by.call("POST", path, {**begun, "started_at": value}).status_code == 422, value
    assert by.call("POST", path, begun).status_code == 201
    wrong = [("ended_at", value) for value in MOMENTS]
    wrong += [(name, value) for name in ("units", "exceptions", "human_minutes") for value in ["1", 0.5, True, None]]
    for name, value in wrong:
        answer = by.call("POST", f"{path}/r-1/end", {"outcome": "done", name: value})
        assert answer.status_code == 422, (name, value)
    assert AutomationRun.objects.get().outcome == AutomationRun.Outcome.OPEN


def test_every_moment_and_number_of_an_application_is_refused_in_another_shape() -> None:
    at = counter()
    by = caller(at)
    for number, value in enumerate(MOMENTS):
        assert by.hand_in(at, f"moment-{number:04}", received_at=value).status_code == 422, value
    file = {"question": "paper", "name": "x", "sha256": "0" * 64, "content": ""}
    for number, value in enumerate(["1", 0.5, True, None]):
        answer = by.hand_in(at, f"number-{number:04}", files=[{**file, "row": value}])
        assert said(answer)["faults"][0]["field"].endswith("row"), value
    assert not Case.objects.exists()


@pytest.mark.parametrize("content", ["A", "AA", "AA=", "AA==AA==", "A A=", "AA-_", "AAAA\n", "あああ="])
def test_an_encoded_file_is_base64_and_the_description_says_so(content: str) -> None:
    assert fields("contentEncoding", "base64") == ["SentFileShape.content"]
    at = counter()
    file = {"question": "paper", "name": "x", "sha256": "0" * 64, "content": content}
    answer = caller(at).hand_in(at, "key-0001", files=[file])
    assert answer.status_code == 422
    assert said(answer)["faults"][0]["field"].endswith("content")


def test_every_hash_is_said_to_be_one() -> None:
    shapes = api.get_openapi_schema()["components"]["schemas"]
    hashes = [told["sha256"]["pattern"] for shape in shapes.values() if "sha256" in (told := shape["properties"])]
    assert hashes == ["^[0-9a-f]{64}$"] * 2


def test_every_text_that_is_taken_says_which_letters_it_takes() -> None:
    """A NUL is no letter: a database refuses it, so that the description has to refuse it before."""
    for told in texts():
        shape = {key: told.get(key, "") for key in ("pattern", "format", "enum", "const")}
        assert any(shape.values()), told
        assert not shape["pattern"] or re.search(shape["pattern"].replace(r"\u0000", "\0"), "\0") is None, told


def texts() -> Iterator[dict[str, Any]]:
    """Every shape of a text that the API takes: parameters, fields, and what is nested in them."""
    described = api.get_openapi_schema()
    for operations in described["paths"].values():
        for operation in operations.values():
            for told in operation.get("parameters", []):
                yield from strings(told["schema"])
    for name in {name for name in described["components"]["schemas"] if name.endswith("In")} | {"SentFileShape"}:
        for told in described["components"]["schemas"][name]["properties"].values():
            yield from strings(told)


def strings(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if shape.get("type") == "string":
        yield shape
    if isinstance(names := shape.get("propertyNames"), dict):
        yield names
    further = [*shape.get("anyOf", []), shape.get("items"), shape.get("additionalProperties")]
    for each in [*further, *shape.get("patternProperties", {}).values()]:
        if isinstance(each, dict):
            yield from strings(each)


@pytest.mark.parametrize("path", ["/cases?after=%00", "/procedures?after=a%00", "/services?after=%00"])
def test_a_nul_in_an_address_is_refused_in_words(path: str) -> None:
    answer = caller(counter()).get(path)
    assert (answer.status_code, said(answer)["faults"][0]["field"]) == (422, "query.after")


@pytest.mark.parametrize(
    "change",
    [{"service": "a\0"}, {"answers": {"name__family": "山\0田"}}, {"answers": {"a\0": "x"}}, {"reason": "\0"},
     {"files": [{"question": "q\0", "name": "a.pdf", "sha256": "0" * 64, "content": ""}]},
     {"files": [{"question": "q", "name": "a\0.pdf", "sha256": "0" * 64, "content": ""}]}],
)  # fmt: skip
def test_a_nul_in_an_application_is_refused_in_words(change: dict[str, Any]) -> None:
    at = counter()
    body = {"service": at.release.offer.code, "answers": {}, **change}
    answer = caller(at).call("POST", "/cases", body, **{"Idempotency-Key": "nul-0001"})
    assert (answer.status_code, said(answer)["faults"][0]["detail"][:8]) == (422, "書き方が違います")
    assert not Case.objects.exists()


def test_half_a_letter_is_refused_in_words() -> None:
    at = counter()
    sent = json.dumps({"service": at.release.offer.code, "answers": {"name__family": "X"}}).replace("X", "\\ud83d")
    by = caller(at)
    answer = by.client.post(
        "/api/v1/cases", sent, content_type="application/json",
        headers={"Authorization": f"Bearer {by.key}", "Idempotency-Key": "half-0001"},
    )  # fmt: skip
    assert answer.status_code == 422
