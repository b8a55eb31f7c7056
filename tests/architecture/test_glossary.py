"""Every model says its Japanese term in three places, and the three agree."""

import re
from pathlib import Path

from django.apps.registry import Apps

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "reference" / "glossary.md"


def rows() -> dict[str, str]:
    found = re.findall(r"^\| ([^|]+?) \| `(\w+\.\w+)` \|", GLOSSARY.read_text(), re.MULTILINE)
    return {code: term for term, code in found}


def test_every_model_has_a_term_a_docstring_and_a_row(django_apps: Apps) -> None:
    written = rows()
    for model in django_apps.get_models():
        if not model.__module__.startswith("todoke."):
            continue
        code, term = f"{model._meta.app_label}.{model.__name__}", model._meta.verbose_name
        assert (model.__doc__ or "").startswith(f"{term}:"), f"the docstring of {code} begins with its term {term}"
        assert written.get(code) == term, f"the glossary has a row for {code} with its term {term}"


def test_the_glossary_names_no_model_that_is_gone(django_apps: Apps) -> None:
    known = {f"{model._meta.app_label}.{model.__name__}" for model in django_apps.get_models()}
    assert set(rows()) <= known
