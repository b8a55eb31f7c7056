"""Removal 消すと無くなるもの: what goes with a page, a group or a question of a draft, and what looks at it. Pure."""

from dataclasses import dataclass

from todoke.formbuilder.document.edits import Definition, Part, part
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.document.translations import texts_of
from todoke.formbuilder.publication.publish_checks import conditions_in


@dataclass(frozen=True)
class Removal:
    """消すと無くなるもの: the labels of the questions that go, the places that look at them, and texts translated."""

    noun: str
    label: str
    questions: tuple[str, ...]
    labels: tuple[str, ...]
    looking: tuple[str, ...]
    translated: int


def removal_of(definition: Definition, document: Document, part_id: str) -> Removal:
    """Return what goes with a part. Raises KeyError for an unknown one."""
    found = part(definition, part_id)
    inside = _questions_in(found)
    ids = {question["id"] for question in inside}
    gone = {f"question.{one}" for one in ids} | {f"option.{one}" for one in ids}
    keys = {text.key for text in texts_of(document) if text.key.rsplit(".", 1)[0] in gone or f".{part_id}." in text.key}
    words = [words for words in document.translations.values() for key in words if key in keys]
    noun = "設問" if "kind" in found else "まとまり" if "questions" in found else "ページ"
    labels = tuple(question["label"] for question in inside)
    label = found.get("label") or found.get("title") or "題のないまとまり"
    return Removal(noun, label, tuple(ids), labels, _looking(document, ids, part_id), len(words))


def _questions_in(found: Part) -> list[Part]:
    if "kind" in found:
        return [found]
    groups = [found] if "questions" in found else found["groups"]
    return [question for group in groups for question in group["questions"]]


def _looking(document: Document, ids: set[str], part_id: str) -> tuple[str, ...]:
    """Return the places outside whose conditions, formulas or order of days look at these questions."""
    own = {f"設問「{document.question(one).label}」" for one in ids}
    places = [place for place, when in conditions_in(document) if ids & set(when.questions())]
    for question_id, (_, _, question) in document.by_id.items():
        nodes = question.formula.nodes() if question.formula else ()
        if question_id not in ids and (
            question.not_before in ids or any(node.question in ids or node.group == part_id for node in nodes)
        ):
            places.append(f"設問「{question.label}」")
    return tuple(dict.fromkeys(place for place in places if place not in own))
