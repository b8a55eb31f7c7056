"""Who may do what is said in one place: roles stand in the rooms' ``permissions.py``, and each permission is asked."""

import ast
import re
from pathlib import Path

from tests.architecture.imports import tree_of
from todoke.organization.models import Post
from todoke.organization.permissions import declared_permissions

HOUSE = Path(__file__).resolve().parents[2] / "src" / "todoke"
FACES = ("portal", "office", "studio", "board", "api")
NO_PERMISSION = {
    "organization/models.py": "defines the roles, and who is told what",
    "approvals/decision_history.py": "tells the mayor's decision (決裁) from one below (専決)",
    "approvals/routing.py": "the ladder of posts that a proposal climbs",
    "approvals/models/procurement.py": "the step of a route that large purchases must pass",
    "board/suggestion_page.py": "proposes the section of headquarters as an owner",
    "continuity/first_administrator.py": "registers the first of them where nobody is one",
    "offers/receivers.py": "tells who may confirm what waits; the studio asks its own permission",
    "office/assigned_work.py": "shows designers the reviews that wait; the studio asks its own permission",
    "proving/service.py": "fills an installation with people, as the demo does",
    "proving/rights/ward.py": "the same, with a person of every role",
    "proving/month_proof/month_acts.py": "the same, with sections whose months are closed",
    "proving/point_proof/point_acts.py": "the same, with the section that pays the shops",
}
"""Where a role is named and nothing is permitted by it."""


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_a_role_is_named_only_where_permissions_are_declared() -> None:
    kept = [path for path in HOUSE.rglob("*.py") if not {"demo", "migrations"} & set(path.relative_to(HOUSE).parts)]
    naming = {named(path) for path in kept if re.search(r"Post\.Role\.[A-Z]", path.read_text())}
    assert {path for path in naming if not path.endswith("/permissions.py")} == set(NO_PERMISSION)


def test_no_navigation_and_no_view_names_a_role_by_its_code() -> None:
    pages = [path for face in FACES for path in (HOUSE / face).rglob("*.py")]
    for path in [path for path in pages if "urls" not in path.relative_to(HOUSE).parts]:
        found = [node.elts for node in ast.walk(tree_of(path)) if isinstance(node, ast.Set | ast.Tuple)]
        values = {getattr(each, "value", None) for elements in found for each in elements}
        assert not values & (set(Post.Role.values) - {"records"}), named(path)


def test_every_permission_is_asked_by_some_page_or_act() -> None:
    asked = {path: path.read_text() for path in HOUSE.rglob("*.py")}
    for room, _ in declared_permissions():
        declaration = HOUSE / room.label / "permissions.py"
        for name in re.findall(r"^([A-Z_]+) = Permission\(", declaration.read_text(), re.M):
            opens = re.search(rf'": {name}\b', asked[declaration])
            others = (text for path, text in asked.items() if path != declaration)
            assert opens or any(re.search(rf"\b{name}\.|, {name}\b", text) for text in others), f"{room.label}: {name}"
