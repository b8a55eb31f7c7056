"""JSON schemas that others publish, as copied into the tests."""

import json
import lzma
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "schemas"


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lzma.decompress((FOLDER / f"{name}.json.xz").read_bytes()))
    return found


def problems(document: object, name: str, *others: str) -> list[str]:
    """What a document does that its schema does not allow; ``others`` are the schemas to which it refers."""
    known = {f"{other}.json": schema(other) for other in others}
    registry: Registry[Any] = Registry().with_resources(
        [(address, DRAFT7.create_resource(text)) for address, text in known.items()]
        + [(str(text["$id"]), DRAFT7.create_resource(text)) for text in known.values() if "$id" in text]
    )
    found = Draft7Validator(schema(name), registry=registry).iter_errors(document)
    return [f"{'/'.join(map(str, each.absolute_path))}: {each.message[:200]}" for each in found]
