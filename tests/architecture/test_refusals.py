"""No view catches a refusal by itself: todoke.web.actions says it on the page, on the form, or as a page.

A refusal that names another page to put it right brings the link to it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.imports import tree_of

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
FACES = ("portal", "office", "studio", "board")
PAGES = [path for face in FACES for path in (HOUSE / face).rglob("*.py")]
MODULES = sorted(path for path in PAGES if "forms" not in path.relative_to(HOUSE).parts)
CATCHING = {
    "portal/identities/outcomes.py": "how a way to a provider ended is noted, and the refusal goes on to its page",
    "portal/identities/rechecks.py": "who was asked nothing is told nothing: it holds, or the next page says why not",
    "portal/identities/views/sign_in.py": "a provider that logs somebody out reads a status of its protocol, no page",
    "portal/views/submission.py": "an incomplete application goes on to its check page, which names every gap",
}
"""Modules that catch a refusal, each with its reason."""

PAGE_NAMED = re.compile(
    r"ページ(で|から)|一覧(で|から)|書きかけの|候補があります|会議で決め|(?<!人が)先に[^。、]*を|(期間|関係)を確かめて"
)
"""How a sentence says that the remedy is an act on another page."""
WITHOUT_LINK = {
    "ほかの部署の通知書が入っている": "each letter of the batch belongs to another case",
    "同じ明細を、ほかの人が同時に取り込みました": "said on the page on which it is imported again",
    "この職員は、もうパスワードを決めています": "said to the operator on a command line",
    "決定は書き換えられません": "a guard of the row; no page offers to change a decision",
}
"""Sentences that name a page and have no link, by their beginning, each with its reason."""


def _names(node: ast.expr | None) -> Iterator[str]:
    for part in ast.walk(node) if node else ():
        if isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.Name):
            yield part.id


def _refusals() -> set[str]:
    """Return the names of Refused, of every class that descends from it, and of a row's ValidationError."""
    found, bases = {"Refused", "ValidationError"}, dict[str, set[str]]()
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                bases.setdefault(node.name, set()).update(name for base in node.bases for name in _names(base))
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return found


def caught(source: str) -> set[str]:
    """Return the names of the exceptions that a source text catches."""
    handlers = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler))
    return {name for handler in handlers for name in _names(handler.type)}


def test_a_kind_of_refusal_caught_in_any_spelling_is_seen() -> None:
    tries = "try:\n    act()\nexcept (KeyError, resolutions.AlreadyResolved) as refusal:\n    pass"
    assert caught(tries) & _refusals() == {"AlreadyResolved"}


def test_no_view_catches_a_refusal_by_itself() -> None:
    refusals = _refusals()
    catching = {str(path.relative_to(HOUSE)) for path in MODULES if caught(path.read_text()) & refusals}
    assert catching == set(CATCHING)


def _texts(node: ast.AST, assigned: dict[str, str]) -> str:
    """Return the text of an expression; a name stands for what its function assigned to it."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        return assigned.get(node.id, "")
    return "".join(_texts(part, assigned) for part in ast.iter_child_nodes(node))


def refused_without_link(source: str, kinds: set[str]) -> list[str]:
    """Return the sentences of a source text that name another page and are raised without ``link``."""
    found = []
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        assigned = dict[str, str]()
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                assigned[name] = assigned.get(name, "") + _texts(node.value, {})
        for node in ast.walk(function):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and set(_names(node.exc.func)) & kinds:
                said = "".join(_texts(part, assigned) for part in node.exc.args)
                if PAGE_NAMED.search(said) and "link" not in {term.arg for term in node.exc.keywords}:
                    found.append(said)
    return found


def test_a_sentence_that_names_a_page_and_has_no_link_is_found() -> None:
    plain = "def act():\n    said = '先に計画を組んでください。'\n    raise Refused(said)"
    linked = plain.replace("(said)", "(said, link=path_to('board:roadmaps'))")
    assert refused_without_link(plain, {"Refused"}) == ["先に計画を組んでください。"]
    assert refused_without_link(linked, {"Refused"}) == []


def test_a_refusal_whose_remedy_is_on_another_page_links_to_it() -> None:
    kinds, unused = _refusals() - {"ValidationError"}, set(WITHOUT_LINK)
    for path in HOUSE.rglob("*.py"):
        for said in refused_without_link(path.read_text(), kinds):
            reason = next((start for start in WITHOUT_LINK if said.startswith(start)), None)
            assert reason, f"{path.relative_to(HOUSE)}: {said}"
            unused.discard(reason)
    assert unused == set()
