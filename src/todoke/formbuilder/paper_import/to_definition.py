"""To definition 様式案づくり: converts recognised questions into a form definition for a designer to correct."""

from itertools import groupby
from typing import Any

from todoke.formbuilder.document.edits import Definition, new_id
from todoke.formbuilder.document.parser import SCHEMA
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition

MOST_IN_GROUP = 60
NOTE = "紙の様式から読み取った案です。設問を確かめてから公開してください。"


def to_definition(reading: Recognition, title: str = "") -> Definition:
    """Return a definition with one page per group."""
    blocks = [(name, list(found)) for name, found in groupby(reading.questions, key=lambda found: found.group)]
    pages = [_page(name or reading.title or "申請の内容", found) for name, found in blocks if found]
    if not pages:
        pages = [_page("申請の内容", [FoundQuestion("氏名", QuestionKind.NAME, "")])]
    return {
        "schema": SCHEMA,
        "title": (title or reading.title or "名称のない様式")[:120],
        "template_note": NOTE,
        "pages": pages,
    }


def _page(name: str, found: list[FoundQuestion]) -> dict[str, Any]:
    parts = [
        (repeating, several[at : at + MOST_IN_GROUP])
        for repeating, asked in groupby(found, key=lambda one: one.repeating)
        for several in [list(asked)]
        for at in range(0, len(several), MOST_IN_GROUP)
    ]
    return {"id": new_id("page"), "title": name[:80], "groups": [_group(name, *part) for part in parts]}


def _group(name: str, repeating: bool, found: list[FoundQuestion]) -> dict[str, Any]:
    group: dict[str, Any] = {"id": new_id("group"), "title": "", "questions": [_question(one) for one in found]}
    if repeating:
        group["repeat"] = {"noun": name[:30] or "行", "least": 1, "most": 10}
    return group


def _question(found: FoundQuestion) -> dict[str, Any]:
    question: dict[str, Any] = {
        "id": new_id("q"),
        "kind": found.kind.value,
        "label": found.label[:300],
        "required": "hard" if found.required else "no",
    }
    if found.options:
        question["options"] = [{"value": new_id("o"), "label": option} for option in found.options]
    return question
