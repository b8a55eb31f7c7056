"""Bill of materials 部品表 (SBOM): every library that the product runs on, with licence and hashes, as CycloneDX.

It is written from the lock, so that it says what is installed by it, and from what each library says of itself.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, cast

from django.conf import settings

PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]+\])?==(\S+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
ACCEPTED = frozenset(
    {
        "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0", "MPL-2.0",
        "LGPL-2.1-or-later", "LGPL-3.0-only",
    }
)  # fmt: skip
"""Licences with which the product may be delivered: permissive ones, and weak copyleft for libraries left unchanged."""
_SPDX: Mapping[str, str] = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}  # fmt: skip
_PASSED_OVER = {"Other/Proprietary License"}
"""qrcode names its BSD licence and this classifier beside it, for the trademark of the code."""


@dataclass(frozen=True)
class Component:
    """部品: one library of the lock: its name, version, licence as an SPDX expression ("" unknown) and hashes."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether one of the offered licences may be taken, with every part that goes along with it."""
        return any(
            all(part.strip() in ACCEPTED for part in choice.split(" AND ")) for choice in self.licence.split(" OR ")
        )


def components(lock: Path | None = None) -> list[Component]:
    """Return the libraries of a lock (default: those that the product runs on), by name."""
    text = (lock or settings.ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    blocks = (block for block in re.split(r"\n(?=[a-z0-9])", text) if PINNED.match(block))
    return [_component(block) for block in blocks]


def _component(block: str) -> Component:
    name, version = PINNED.findall(block)[0]
    return Component(name, version, " OR ".join(dict.fromkeys(_licences(name))), tuple(sorted(HASH.findall(block))))


def _licences(name: str) -> Iterator[str]:
    """Yield the licences that a library offers, the first statement that can be understood."""
    try:
        said = cast("Message", metadata(name))
    except PackageNotFoundError:
        return
    if expression := said.get("License-Expression"):
        yield str(expression)
        return
    written = str(said.get("License") or "").strip()
    if (known := _SPDX.get(written, written)) in ACCEPTED:
        yield known
        return
    classifiers = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if "License" in line]
    yield from (_SPDX.get(each, each) for each in classifiers if each not in _PASSED_OVER)


def bill_of_materials(version: str) -> dict[str, Any]:
    """Return the bill as CycloneDX 1.6; the same lock gives the same bill."""
    rows = components()
    number = uuid.uuid5(uuid.NAMESPACE_URL, "".join(f"{row.name}=={row.version}" for row in rows))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}", "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "todoke", "name": "todoke", "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [_entry(row) for row in rows],
        "dependencies": [{"ref": "todoke", "dependsOn": [f"pkg:pypi/{row.name}@{row.version}" for row in rows]}],
    }  # fmt: skip


def _entry(row: Component) -> dict[str, Any]:
    address = f"pkg:pypi/{row.name}@{row.version}"
    entry: dict[str, Any] = {
        "type": "library", "bom-ref": address, "name": row.name, "version": row.version, "purl": address,
        "hashes": [{"alg": "SHA-256", "content": each} for each in row.hashes],
    }  # fmt: skip
    return entry | ({"licenses": [{"expression": row.licence}]} if row.licence else {})
