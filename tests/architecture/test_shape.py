"""The shape of the house: lengths, names and places that architecture.md promises."""

import ast
import re
import tomllib
from pathlib import Path

from django.apps.registry import Apps

from tests.architecture.imports import modules_of, tree_of

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "todoke"
FACES = ("portal", "office", "studio", "board", "api")
MODULES = sorted(path for path in HOUSE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(HOUSE.rglob("*.html"))
EMPTY_NAMES = {
    "core",
    "utils",
    "common",
    "helpers",
    "services",
    "managers",
    "mixins",
    "constants",
    "misc",
    "base",
}

DATABASE_ENGINES = {HOUSE / "runtime" / name / "base.py" for name in ("sqlite", "postgresql")}
"""Django looks for a database engine under this name."""
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]


HTTP = {
    "django.contrib.auth.decorators", "django.contrib.messages", "django.http", "django.shortcuts",
    "django.template.response", "django.views", "django.views.decorators", "django.views.generic",
}  # fmt: skip
HTTP_ROOMS = {"design", "lists", "web"}
HTTP_MODULES = {
    Path("accounts/known_devices.py"), Path("accounts/reauthentication_codes.py"),
    Path("accounts/session_assurance.py"), Path("accounts/shared_limits.py"),
    Path("accounts/sign_in_limits.py"), Path("proving/mutants/loss.py"), Path("runtime/context_processors.py"),
}  # fmt: skip
"""Hooks that Django or the sign-in hand a request to, and a mutant of the way in."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_file_can_be_read_in_one_sitting() -> None:
    elsewhere = [path for part in ("tests", "benchmarks") for path in (ROOT / part).rglob("*.py")]
    assert [name_of(path) for path in (*MODULES, *elsewhere) if len(path.read_text().splitlines()) > 300] == []


def test_a_template_fits_a_screen_and_a_half() -> None:
    lines = {path: path.read_text().splitlines() for path in TEMPLATES}
    assert [name_of(path) for path in TEMPLATES if len(lines[path]) > 120] == []
    assert [name_of(path) for path in TEMPLATES if max(map(len, lines[path]), default=0) > 160] == []
    assert [name_of(path) for path in TEMPLATES if path.stat().st_size > 6144] == []


def test_a_view_is_short() -> None:
    views = [path for face in FACES for path in (HOUSE / face).rglob("views/*.py")]
    functions = [
        (path, node) for path in views for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)
    ]
    assert len(functions) > 100
    long = [(path, node) for path, node in functions if (node.end_lineno or 0) - node.lineno + 1 > 20]
    assert [f"{name_of(path)}: {node.name}" for path, node in long] == []


def test_a_name_says_something() -> None:
    parts = {path: {path.stem, *path.relative_to(HOUSE).parts[:-1]} for path in MODULES if path not in DATABASE_ENGINES}
    assert [name_of(path) for path, names in parts.items() if EMPTY_NAMES & names] == []


def test_news_never_travels_by_model_signals() -> None:
    banned = {"django.db.models.signals", "django.contrib.contenttypes.fields"}
    assert [name_of(path) for path in MODULES if banned & modules_of(path)] == []


def test_http_lives_in_the_faces_only() -> None:
    rooms = [path for path in MODULES if len(path.relative_to(HOUSE).parts) > 1]
    below = [path for path in rooms if path.relative_to(HOUSE).parts[0] not in {*FACES, *HTTP_ROOMS}]
    strict = [path for path in below if path.relative_to(HOUSE) not in HTTP_MODULES]
    assert [name_of(path) for path in strict if path.name in {"views.py", "urls.py"} or HTTP & modules_of(path)] == []


def test_a_face_borrows_templates_only_from_itself_and_design() -> None:
    borrowed = {path: re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', path.read_text()) for path in TEMPLATES}
    lenders = {"design", "allauth", "account", "mfa"}
    assert [
        f"{name_of(path)}: {name}"
        for path, names in borrowed.items()
        for name in names
        if name.split("/")[0] not in {path.relative_to(HOUSE).parts[0], *lenders}
    ] == []


def test_foreign_keys_point_down(django_apps: Apps) -> None:
    from_top = [room for line in CONTRACT["layers"] for room in sorted(name.strip(" ()") for name in line.split("|"))]
    for model in django_apps.get_models():
        if not model.__module__.startswith("todoke."):
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "related_model", None)
            if field.auto_created or other is None or not other.__module__.startswith("todoke."):
                continue
            assert from_top.index(model._meta.app_label) <= from_top.index(other._meta.app_label), (
                f"{model}.{field.name}"
            )


def test_a_borrowed_form_brings_its_token() -> None:
    tokens = {path: "csrf_token" in path.read_text() for path in TEMPLATES}
    lent = {str(path).split("/templates/", 1)[1]: tokens[path] for path in TEMPLATES}
    inclusions = [
        (path, *found)
        for path in TEMPLATES
        for found in re.findall(r'{%\s*include\s+"([^"]+)"([^%]*)%}', path.read_text())
    ]
    alone = [
        (path, name) for path, name, terms in inclusions if " only" in terms and "csrf_token=csrf_token" not in terms
    ]
    assert [f"{name_of(path)}: {name} cannot be sent" for path, name in alone if lent.get(name)] == []
