"""To definition 様式案づくり: converts recognised questions into a form definition for a designer to correct."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from todoke.formbuilder.document.edits import Definition, new_id
from todoke.formbuilder.document.parser import SCHEMA
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.paper_import.findings import FoundQuestion, Recognition
from todoke.formbuilder.paper_import.printed_boxes import NOT_TICKED

MOST_IN_GROUP = 60
SHORT_PART, FULL_PAGE = 3, 8
"""Up to so many questions a part shares a page, which then holds at most so many."""
NOTE = "紙の様式から読み取った案です。設問を確かめてから公開してください。"
_ROWS = re.compile(r"(?:の?(?:状況|一覧|名簿|明細|内訳|内容))?(?:\([^()]{0,60}\))?$")
_PEOPLE = re.compile(r"[人者員子方]$|児童|生徒|家族|親族|世帯")


@dataclass
class _Block:
    """ひと組の設問: consecutive questions of one heading that all repeat or all do not."""

    name: str
    repeating: bool
    found: list[FoundQuestion] = field(default_factory=list)


def to_definition(reading: Recognition, title: str = "", note: str = NOTE) -> Definition:
    """Return a definition in which a page holds what stands below one heading; short parts share a page."""
    pages: list[dict[str, Any]] = []
    size = FULL_PAGE
    for block in _blocks(reading.questions):
        group = _group(block)
        short = len(block.found) <= SHORT_PART and not block.repeating
        if pages and short and size + len(block.found) <= FULL_PAGE:
            size += len(block.found)
            pages[-1]["groups"].append({**group, "title": block.name[:80]})
            continue
        size = FULL_PAGE if block.repeating else len(block.found)
        pages.append({"id": new_id("page"), "title": _title(block.name, pages, reading), "groups": [group]})
    if not pages:
        name = _Block("", False, [FoundQuestion("氏名", QuestionKind.NAME, "")])
        pages = [{"id": new_id("page"), "title": "申請の内容", "groups": [_group(name)]}]
    return {
        "schema": SCHEMA,
        "title": (title or reading.title or "名称のない様式")[:120],
        "template_note": note,
        "pages": pages,
    }


def _blocks(questions: list[FoundQuestion]) -> Iterator[_Block]:
    for (name, repeating), several in groupby(questions, key=lambda found: (found.group, found.repeating)):
        found = list(several)
        for at in range(0, len(found), MOST_IN_GROUP):
            yield _Block(name, repeating, found[at : at + MOST_IN_GROUP])


def _title(name: str, pages: list[dict[str, Any]], reading: Recognition) -> str:
    """Return the title of a page, which no page before it has."""
    taken = {page["title"] for page in pages}
    wanted = [name, *([reading.title, "申請の内容"] if not name else []), f"{name or '申請の内容'}(続き)"]
    free = [one[:80] for one in wanted if one and one[:80] not in taken]
    return free[0] if free else f"{name or '申請の内容'}({len(pages) + 1})"[:80]


def _group(block: _Block) -> dict[str, Any]:
    questions: list[dict[str, Any]] = []
    for one in block.found:
        questions.append(_question(one, questions))
    group: dict[str, Any] = {"id": new_id("group"), "title": "", "questions": questions}
    if block.repeating:
        group["repeat"] = {"noun": _noun(block), "least": 1, "most": 10}
    return group


def _noun(block: _Block) -> str:
    """Return what one row of a table is called: 人 for a table of names, else its heading without 一覧 and the like."""
    noun = _ROWS.sub("", block.name)
    if any(one.kind is QuestionKind.NAME for one in block.found):
        return noun[:30] if noun and _PEOPLE.search(noun) else "方"
    return noun[:30] or "行"


def _question(found: FoundQuestion, before: list[dict[str, Any]]) -> dict[str, Any]:
    question: dict[str, Any] = {
        "id": new_id("q"),
        "kind": found.kind.value,
        "label": found.label[:300],
        "required": "hard" if found.required else "no",
    }
    if found.options:
        question["options"] = [{"value": new_id("o"), "label": option} for option in found.options]
    if found.help:
        question["help"] = found.help[:300]
    if found.unit:
        question["unit"] = found.unit
    if found.label.endswith("(まで)") and found.kind is QuestionKind.DATE:
        start = next((one for one in before if one["label"] == f"{found.label[:-4]}(から)"[:300]), None)
        question |= {"not_before": start["id"]} if start else {}
    if found.behind and (when := _condition(found.behind, before)):
        question["when"] = when
    return question


def _condition(behind: tuple[str, str], before: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the condition under which a part is asked: that its option is chosen."""
    label, option = behind
    asked = next((one for one in reversed(before) if one["label"] == label[:300]), None)
    if asked is None:
        return None
    if option == NOT_TICKED:
        return {"op": "is", "question": asked["id"], "value": "no"}
    value = next((one["value"] for one in asked.get("options", ()) if one["label"] == option), None)
    several = asked["kind"] == QuestionKind.CHOICES.value
    return {"op": "includes" if several else "is", "question": asked["id"], "value": value} if value else None
