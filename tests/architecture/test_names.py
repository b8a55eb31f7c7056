"""Names: a module is called by the noun that an engineer of the field searches for, and by no other room's noun."""

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

from django.apps import apps

from tests.architecture.imports import tree_of

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts and path.stem != "__init__")
FACES = {"portal", "office", "studio", "board", "api"}
FACE_NOUNS = {"views", "forms", "urls"}

GERUNDS = {
    "matching": "reconciliation's own word: a ledger entry and a statement line are matched",
    "row_matching": "the same, for rows of an inventory file and those in the database",
    "routing": "approval routing is what workflow engines call it",
    "ranking": "the order under weights; a noun",
    "load_shedding": "what servers call turning requests away under load",
    "meeting": "a meeting is one, not an act",
    "booking": "a booking is one, not an act",
    "briefing": "a briefing is one, not an act",
    "heading": "the heading of minutes is one, not an act",
}
"""Modules that end in -ing, each with its reason."""

FRAMEWORK = {
    "apps", "models", "tasks", "signals", "receivers", "urls", "views", "forms", "querysets", "context_processors",
    "middleware", "admin",
}  # fmt: skip
HOUSE_WIDE = {"access", "home_page", "list_names", "mailed_links", "navigation", "permissions", "refusals"}
"""What several rooms have, in the same meaning."""
METAPHORS = {"bench", "crowd", "desk", "door", "keeper", "nursery", "post_office", "press", "scribe", "shelf", "vault"}
"""Words of house and shop, which say nothing to whoever searches for a backup or a permission."""


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def borrows_its_noun(path: Path) -> bool:
    """Views, forms and URLs are named after what they show, and the parts of the demo after what they fill."""
    return room_of(path) == "demo" or (room_of(path) in FACES and bool(FACE_NOUNS & set(path.relative_to(HOUSE).parts)))


def test_no_module_is_named_by_an_act() -> None:
    acts = {path.stem for path in MODULES if path.stem.endswith("ing")}
    assert acts == set(GERUNDS)
    assert len(GERUNDS) <= 10


def test_no_two_rooms_use_one_module_name_for_different_things() -> None:
    rooms: dict[str, set[str]] = defaultdict(set)
    for path in MODULES:
        if path.stem not in FRAMEWORK | HOUSE_WIDE and not borrows_its_noun(path) and "management" not in path.parts:
            rooms[path.stem].add(room_of(path))
    assert {name: found for name, found in rooms.items() if len(found) > 1} == {}


def test_no_two_models_share_a_name() -> None:
    labels: dict[str, list[str]] = defaultdict(list)
    for model in apps.get_models():
        if model.__module__.startswith("todoke."):
            labels[model.__name__].append(model._meta.app_label)
    assert {name: found for name, found in labels.items() if len(found) > 1} == {}


def inside(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def test_a_folder_can_be_looked_over() -> None:
    counts = Counter(path.parent for path in MODULES)
    assert {inside(folder): count for folder, count in counts.items() if count > 25} == {}


def words_of(name: str) -> set[str]:
    return set(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_"))


def names_in(path: Path) -> set[str]:
    defined = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    tree = tree_of(path)
    return {path.stem, *(node.name for node in ast.walk(tree) if isinstance(node, defined))}


def test_no_name_is_a_metaphor() -> None:
    found = {path: [name for name in names_in(path) if METAPHORS & {*words_of(name), name}] for path in MODULES}
    assert {inside(path): names for path, names in found.items() if names} == {}
