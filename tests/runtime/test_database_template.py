"""A tests' database is built on an earlier one only when that one merely lacks the newest migrations."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.cast.database_template import SqliteTemplate, fingerprint, sources

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL copies a template of the whole or builds it"
)


def test_another_migration_is_another_template() -> None:
    files = sources()
    assert any(path.startswith("src/todoke/cases/migrations/0001") for path in files)
    assert fingerprint(files) != fingerprint({**files, "src/todoke/cases/migrations/9999_new.py": "0"})


def test_a_template_with_an_altered_or_foreign_migration_is_not_built_upon(tmp_path: Path) -> None:
    template = SqliteTemplate(tmp_path)
    newest = list(template.files)[-2]
    lacking = {path: digest for path, digest in template.files.items() if path != newest}
    (tmp_path / "altered.json").write_text(json.dumps(template.files | {newest: "0"}))
    (tmp_path / "foreign.json").write_text(json.dumps(lacking | {"src/todoke/cases/migrations/9999_new.py": "0"}))
    assert template.earlier() is None
    (tmp_path / "lacking.json").write_text(json.dumps(lacking))
    assert template.earlier() == tmp_path / "lacking.sqlite3"
