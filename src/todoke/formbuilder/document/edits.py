"""Edits 様式案の編集: each function takes a definition and returns a changed copy; ids of parts never change."""

import copy
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from todoke.formbuilder.document.parser import SCHEMA
from todoke.formbuilder.document.structure import QuestionKind

Definition = dict[str, Any]
Part = dict[str, Any]
_CHOOSING = {QuestionKind.CHOICE.value, QuestionKind.CHOICES.value}


def new_id(prefix: str) -> str:
    """Return a new random identifier with a prefix."""
    return f"{prefix}_{secrets.token_hex(4)}"


def blank_definition(title: str) -> Definition:
    """Return a definition with one page and one question."""
    group = {**_group(""), "questions": [new_question(QuestionKind.NAME, "氏名")]}
    return {"schema": SCHEMA, "title": title, "pages": [_page("申請する人について", group)]}


def _page(title: str, group: Part) -> Part:
    return {"id": new_id("page"), "title": title, "groups": [group]}


def _group(title: str, noun: str = "") -> Part:
    repeat = {"repeat": {"noun": noun, "least": 1, "most": 10}} if noun else {}
    return {"id": new_id("group"), "title": title, "questions": [], **repeat}


def new_question(kind: QuestionKind, label: str) -> Part:
    made: Part = {"id": new_id("q"), "kind": kind.value, "label": label}
    if kind.value in _CHOOSING:
        made["options"] = [{"value": new_id("o"), "label": label} for label in ("選択肢1", "選択肢2")]
    if kind is QuestionKind.CALCULATED:
        made["formula"] = {"op": "number", "value": 0}
    return made


def parts(definition: Definition) -> Iterator[tuple[list[Part], Part]]:
    """Yield every page, group and question with the list that holds it."""
    for page in definition["pages"]:
        yield definition["pages"], page
        for group in page["groups"]:
            yield page["groups"], group
            for question in group["questions"]:
                yield group["questions"], question


def part(definition: Definition, part_id: str) -> Part:
    """Return a page, group or question by its id. Raises KeyError."""
    return _holder(definition, part_id)[1]


def _holder(definition: Definition, part_id: str) -> tuple[list[Part], Part]:
    for holder, found in parts(definition):
        if found["id"] == part_id:
            return holder, found
    raise KeyError(part_id)


def page_of(definition: Definition, part_id: str) -> str:
    """Return the id of the page that contains a part. Raises KeyError."""
    for page in definition["pages"]:
        inside = {"pages": [page]}
        if any(found["id"] == part_id for _, found in parts(inside)):
            return str(page["id"])
    raise KeyError(part_id)


def add_part(
    definition: Definition,
    beside: str,
    *,
    what: str,
    label: str,
    kind: QuestionKind = QuestionKind.SHORT_TEXT,
    noun: str = "",
) -> tuple[Definition, str]:
    """Add a page after a page, a group to the end of a page, or a question to a group; also return its id.

    A new page or group is empty; it repeats where a ``noun`` is given.
    """
    changed = copy.deepcopy(definition)
    holder, found = _holder(changed, beside)
    if what == "page":
        new, place = _page(label, _group("", noun)), holder
        place.insert(place.index(found) + 1, new)
    elif what == "group":
        new, place = _group(label, noun), found["groups"]
        place.append(new)
    else:
        new, place = new_question(kind, label), found["questions"]
        place.append(new)
    return changed, str(new["id"])


def add_questions(definition: Definition, group_id: str, questions: list[Part]) -> Definition:
    """Add several questions to the end of a group. Raises KeyError for an unknown group."""
    changed = copy.deepcopy(definition)
    _holder(changed, group_id)[1]["questions"].extend(copy.deepcopy(questions))
    return changed


def copied_question(question: Part) -> Part:
    """Return a question of another form under a new id, without what refers to other questions."""
    kept = {key: value for key, value in question.items() if key not in {"when", "not_before", "formula"}}
    return {**copy.deepcopy(kept), "id": new_id("q")}


def move_part(definition: Definition, part_id: str, step: int) -> Definition:
    """Move a part up (-1) or down (1) within its list; at the edge it stays."""
    changed = copy.deepcopy(definition)
    holder, found = _holder(changed, part_id)
    place = holder.index(found)
    target = min(max(place + step, 0), len(holder) - 1)
    holder.insert(target, holder.pop(place))
    return changed


def remove_part(definition: Definition, part_id: str) -> Definition:
    """Remove a part; a page that loses its last group goes with it."""
    changed = copy.deepcopy(definition)
    holder, found = _holder(changed, part_id)
    holder.remove(found)
    changed["pages"] = [page for page in changed["pages"] if page["groups"]]
    return changed


def update_part(definition: Definition, part_id: str, values: Mapping[str, Any], group: str = "") -> Definition:
    """Set fields of a part (None takes a field away) and, for a question, perhaps move it into another group."""
    changed = copy.deepcopy(definition)
    holder, found = _holder(changed, part_id)
    _set(found, values)
    if group:
        questions = _holder(changed, group)[1]["questions"]
        if questions is not holder:
            holder.remove(found)
            questions.append(found)
    return changed


def put_whole(definition: Definition, values: Mapping[str, Any]) -> Definition:
    """Set fields of the definition itself."""
    changed = copy.deepcopy(definition)
    _set(changed, values)
    return changed


def paper_added(definition: Definition, label: str) -> tuple[Definition, str]:
    """Add a paper at the end of the list; returns its id."""
    changed = copy.deepcopy(definition)
    new: Part = {"id": new_id("paper"), "label": label}
    changed.setdefault("papers", []).append(new)
    return changed, str(new["id"])


def paper_put(definition: Definition, paper_id: str, values: Mapping[str, Any]) -> Definition:
    """Set fields of a paper; None takes a field away."""
    changed = copy.deepcopy(definition)
    _set(next(paper for paper in changed["papers"] if paper["id"] == paper_id), values)
    return changed


def paper_removed(definition: Definition, paper_id: str) -> Definition:
    """Take a paper away; the list goes with the last one."""
    changed = copy.deepcopy(definition)
    left = [paper for paper in changed.get("papers", []) if paper["id"] != paper_id]
    return put_whole(changed, {"papers": left})


def stop_put(definition: Definition, stop_id: str, values: Mapping[str, Any]) -> Definition:
    """Set fields of a reason to stop (対象外); without an id, add one at the end."""
    changed = copy.deepcopy(definition)
    stops = changed.setdefault("stops", [])
    found = next((stop for stop in stops if stop["id"] == stop_id), None)
    if found is None:
        found = {"id": new_id("stop")}
        stops.append(found)
    _set(found, values)
    return changed


def stop_removed(definition: Definition, stop_id: str) -> Definition:
    """Take a reason to stop away; the list goes with the last one."""
    changed = copy.deepcopy(definition)
    return put_whole(changed, {"stops": [stop for stop in changed.get("stops", []) if stop["id"] != stop_id]})


def _set(found: Part, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if value is None or value == "" or value == []:
            found.pop(key, None)
        else:
            found[key] = value
    if found.get("title") is None and "questions" in found:
        found["title"] = ""


def options_from(text: str, earlier: list[Part]) -> list[Part]:
    """Read one option per line; a label that stood there before keeps its stored value."""
    known = {option["label"]: option["value"] for option in earlier}
    labels = dict.fromkeys(line.strip() for line in text.splitlines() if line.strip())
    kept = {label: known[label] for label in labels if label in known}
    by_place = dict(zip(labels, (option["value"] for option in earlier), strict=False))
    free = {option["value"] for option in earlier} - set(kept.values())
    made: list[Part] = []
    for label in labels:
        value = kept.get(label)
        if value is None and len(labels) == len(earlier) and by_place[label] in free:
            value = by_place[label]
        made.append({"value": value or new_id("o"), "label": label})
    return made
