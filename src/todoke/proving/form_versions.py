"""Form versions 版: a synthetic form that is published again and again, each time with changes that endanger drafts.

Each version follows from the seed and its number, so that threads, publisher and check need not exchange anything.
"""

import copy
import random
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

Definition = dict[str, Any]
Part = dict[str, Any]
PAGES = 4
QUESTIONS = 5
ANCHOR = "way"
KINDS = ("short_text", "long_text", "number", "choice", "date", "yes_no", "name")


def _question(name: str, kind: str, turn: int = 0) -> Part:
    made: Part = {"id": name, "kind": kind, "label": f"検証の設問 {name} {turn}", "required": "no"}
    if kind == "choice":
        made["options"] = [{"value": f"{name}_o{place}", "label": f"{name}の選択肢{place}"} for place in range(4)]
    return made


def _first() -> Definition:
    pages = []
    for page in range(PAGES):
        questions = [
            _question(f"p{page}q{place}", KINDS[(page * QUESTIONS + place) % len(KINDS)]) for place in range(QUESTIONS)
        ]
        if page == 0:
            ways = [{"value": "post", "label": "郵送"}, {"value": "counter", "label": "窓口"}]
            questions.insert(0, {"id": ANCHOR, "kind": "choice", "label": "受け取り方", "options": ways})
        group = {"id": f"g{page}", "title": "", "questions": questions}
        pages.append({"id": f"page{page}", "title": f"検証 {page + 1}", "groups": [group]})
    return {"schema": 1, "title": "公開の検証のための手続(合成)", "pages": pages}


def _any(document: Definition, chance: random.Random, kind: str = "") -> tuple[list[Part], Part]:
    """Return a question other than the anchor, with the list that holds it."""
    found = [
        (group["questions"], question)
        for page in document["pages"]
        for group in page["groups"]
        for question in group["questions"]
        if question["id"] != ANCHOR and (not kind or question["kind"] == kind)
    ]
    return chance.choice(found)


def _remove(document: Definition, chance: random.Random, turn: int) -> None:
    questions, gone = _any(document, chance)
    if len(questions) > 1:
        questions.remove(gone)


def _retype(document: Definition, chance: random.Random, turn: int) -> None:
    questions, old = _any(document, chance)
    kind = chance.choice([kind for kind in KINDS if kind != old["kind"]])
    questions[questions.index(old)] = _question(old["id"], kind, turn)


def _drop_option(document: Definition, chance: random.Random, turn: int) -> None:
    _, question = _any(document, chance, "choice")
    if len(question["options"]) > 1:
        question["options"].pop(chance.randrange(len(question["options"])))


def _relabel(document: Definition, chance: random.Random, turn: int) -> None:
    _, question = _any(document, chance)
    question["label"] = f"言い方を変えた設問 {turn}"


def _ask_more(document: Definition, chance: random.Random, turn: int) -> None:
    questions, _ = _any(document, chance)
    questions.append({**_question(f"more{turn}", chance.choice(KINDS), turn), "required": "hard"})


def _move(document: Definition, chance: random.Random, turn: int) -> None:
    questions, moving = _any(document, chance)
    target = chance.choice(document["pages"])["groups"][0]["questions"]
    if len(questions) > 1:
        questions.remove(moving)
        target.append(moving)


def _hide(document: Definition, chance: random.Random, turn: int) -> None:
    _, question = _any(document, chance)
    question["when"] = {"op": "is", "question": ANCHOR, "value": "counter"}


def _repeat(document: Definition, chance: random.Random, turn: int) -> None:
    group = chance.choice(document["pages"][1:])["groups"][0]
    if group.pop("repeat", None) is None:
        group["repeat"] = {"noun": "人", "least": 1, "most": 3}


def _rename_page(document: Definition, chance: random.Random, turn: int) -> None:
    """Remove a page that people are typing into; its questions continue on a page of another id."""
    page = chance.choice(document["pages"][1:])
    page["id"], page["title"] = f"page{turn}x", f"新しいページ {turn}"


CHANGES: tuple[Callable[[Definition, random.Random, int], None], ...] = (
    _remove, _retype, _drop_option, _relabel, _ask_more, _move, _hide, _rename_page, _repeat,
)  # fmt: skip


@cache
def form_version(seed: int, number: int) -> Definition:
    """Return the definition of a version: the first, or the version before with two changes."""
    if number == 1:
        return _first()
    document = copy.deepcopy(form_version(seed, number - 1))
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - which question changes is no secret
    for place in (2 * number, 2 * number + 1):
        CHANGES[place % len(CHANGES)](document, chance, number)
    document["lead"] = f"第{number}版です。"
    return document


def questions_of(document: Definition) -> dict[str, Part]:
    """Return the questions of a definition by their ids."""
    return {
        question["id"]: question
        for page in document["pages"]
        for group in page["groups"]
        for question in group["questions"]
    }


def changes_of(seed: int, last: int) -> dict[str, int]:
    """Count over all versions: questions removed, and questions whose kind of answer changed."""
    found = {"removed": 0, "retyped": 0}
    for before, after in pairwise(questions_of(form_version(seed, number)) for number in range(1, last + 1)):
        found["removed"] += len(before.keys() - after.keys())
        found["retyped"] += sum(before[name]["kind"] != after[name]["kind"] for name in before.keys() & after.keys())
    return found
