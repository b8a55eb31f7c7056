"""Audit bundle 監査一式: everything that a run stands on, in one zip whose manifest names each file's SHA-256."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from todoke.admissions.child_placement import Run
from todoke.admissions.instance import Fault, InvalidInstance
from todoke.admissions.instance_reader import canonical_bytes, read_document
from todoke.runtime.refusals import Unreadable

FORMAT = "todoke-admissions-bundle/1"
MANIFEST = "manifest.json"
_THEN = (1980, 1, 1, 0, 0, 0)
"""Every file of a zip needs a time; one for all keeps equal bundles equal bytes."""


def bundled(
    run: Run,
    *,
    rule_version: Mapping[str, Any] | None = None,
    seed: str = "",
    difference: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the zip of a run: instance, directives without sealed texts, result, report, reasons, certificate.

    ``seed`` is the lottery's, once it is public; ``difference`` is to the run before.
    """
    report = {key: value for key, value in run.report.items() if key != "seconds"}
    directives = [{**each, "reason": ""} for each in run.instance.data["directives"]]
    documents: dict[str, Any] = {
        "instance.json": {**run.instance.data, "directives": directives},
        "result.json": run.result,
        "report.json": report,
        "explanations.json": run.explanations,
        "certificate.json": run.certificate,
    }
    if rule_version is not None:
        documents["rule_version.json"] = rule_version
    if difference is not None:
        documents["difference.json"] = difference
    files = {name: canonical_bytes(document) for name, document in documents.items()}
    manifest = {
        "format": FORMAT,
        "instance": run.instance.name,
        "input_sha256": run.instance.sha256,
        "code_sha256": code_sha256(),
        "engine": report["engine"],
        "seed": seed,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, canonical_bytes(manifest)), *sorted(files.items())]:
            archive.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def code_sha256() -> str:
    """Return the SHA-256 of the engine's and the checker's own source, in the order of the file names."""
    folder = Path(__file__).parent
    sources = [path.read_bytes() for path in sorted([*folder.glob("*.py"), *folder.glob("engine/*.py")])]
    return hashlib.sha256(b"".join(sources)).hexdigest()


def manifest_sha256(bundle: bytes) -> str:
    """Return the SHA-256 of a bundle's manifest, which stands for all of it in the audit chain."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return hashlib.sha256(archive.read(MANIFEST)).hexdigest()


def opened(bundle: bytes) -> dict[str, bytes]:
    """Return the files of a bundle that is whole. Raises Unreadable, or InvalidInstance naming each changed file."""
    try:
        with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        manifest = read_document(files.pop(MANIFEST))
    except (zipfile.BadZipFile, KeyError, EOFError) as problem:
        raise Unreadable("監査一式の zip ではないか、壊れています。もう一度受け取ってください。") from problem
    named = manifest.get("files", {}) if isinstance(manifest, dict) else {}
    faults = [
        Fault(name, f"監査一式の {name} が、目録(manifest.json)と違います。")
        for name in sorted({*files, *named})
        if name not in files or hashlib.sha256(files[name]).hexdigest() != named.get(name)
    ]
    if faults:
        raise InvalidInstance(faults)
    return files
