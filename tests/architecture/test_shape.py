"""The shape of the house: lengths, names and places that architecture.md promises."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps.registry import Apps

from tests.architecture.imports import modules_of

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "todoke"
FACES = ("portal", "office", "studio", "board")
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

DATABASE_ENGINE = HOUSE / "runtime" / "sqlite" / "base.py"
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


@pytest.mark.parametrize(
    "path",
    [*MODULES, *(path for part in ("tests", "benchmarks") for path in sorted((ROOT / part).rglob("*.py")))],
    ids=name_of,
)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_fits_a_screen_and_a_half(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 120
    assert max(map(len, lines), default=0) <= 160
    assert path.stat().st_size <= 6144


@pytest.mark.parametrize("path", [p for f in FACES for p in (HOUSE / f).rglob("views/*.py")], ids=name_of)
def test_a_view_is_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 20, f"{node.name} is longer than 20 lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_name_says_something(path: Path) -> None:
    if path != DATABASE_ENGINE:
        assert not EMPTY_NAMES & {path.stem, *path.relative_to(HOUSE).parts[:-1]}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_news_never_travels_by_model_signals(path: Path) -> None:
    assert {"django.db.models.signals", "django.contrib.contenttypes.fields"}.isdisjoint(modules_of(path))


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(HOUSE).parts[0] not in FACES], ids=name_of)
def test_http_lives_in_the_faces_only(path: Path) -> None:
    inside = path.relative_to(HOUSE)
    if len(inside.parts) == 1 or inside.parts[0] in HTTP_ROOMS or inside in HTTP_MODULES:
        return
    assert inside.name not in {"views.py", "urls.py"}
    assert HTTP & modules_of(path) == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_face_borrows_templates_only_from_itself_and_design(path: Path) -> None:
    face = path.relative_to(HOUSE).parts[0]
    for borrowed in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', path.read_text()):
        assert borrowed.split("/")[0] in {face, "design", "allauth", "account", "mfa"}, borrowed


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


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_borrowed_form_brings_its_token(path: Path) -> None:
    for borrowed, terms in re.findall(r'{%\s*include\s+"([^"]+)"([^%]*)%}', path.read_text()):
        lent = [folder / borrowed for folder in HOUSE.glob("*/templates") if (folder / borrowed).exists()]
        if " only" in terms and any("csrf_token" in template.read_text() for template in lent):
            assert "csrf_token=csrf_token" in terms, f"{borrowed} cannot be sent: its token stays outside"
