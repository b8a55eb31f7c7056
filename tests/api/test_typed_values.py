"""The API takes moments, numbers and encoded files as its description writes them, in every parameter and field."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.cast.api import Caller, caller, said
from tests.cast.cases import counter
from todoke.api.version1 import api
from todoke.cases.models import Case

pytestmark = pytest.mark.django_db
NO_MOMENTS = ["0.5", "1", "2026-04-01", "2026-04-01 09:00:00+09:00", "2026-04-01T09:00:00", "2026-04-01T09:00+09:00"]
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


def test_every_moment_and_number_of_a_body_is_refused_in_another_shape() -> None:
    assert fields("format", "date-time") == ["ApplicationIn.received_at"]
    assert fields("type", "integer") == ["SentFileShape.row"]
    at = counter()
    by = caller(at)
    moments: list[Any] = [0.5, 1, True, *NO_MOMENTS]
    for number, value in enumerate(moments):
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
