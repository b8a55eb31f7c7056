"""Planted release 作りものの新しい版: a copy of the source with one more migration, for proofs of the upgrade."""

import shutil
from pathlib import Path

from todoke.runtime.build_identity import SOURCE

ROOM = "cases"
HEAD = """from django.db import migrations, models


def fail(apps, schema_editor):
    raise ValueError("planted")


class Migration(migrations.Migration):
    dependencies = [("cases", "{last}")]
"""
BODIES = {
    "expand": """
    operations = [
        migrations.AddField("case", "proof_note", models.CharField("検証", max_length=9, default="", db_default="")),
        migrations.RunSQL("UPDATE cases_case SET proof_note = 'kept'", migrations.RunSQL.noop),
    ]
""",
    "fail": """
    operations = [
        migrations.AddField("case", "proof_note", models.CharField("検証", max_length=9, default="", db_default="")),
        migrations.RunPython(fail, migrations.RunPython.noop),
    ]
""",
    "contract": """
    operations = [migrations.RemoveField("case", "applicant_name")]
""",
}


def plant(folder: Path, kind: str) -> Path:
    """Copy the source into ``folder`` with a migration that expands, fails or contracts; return the new PYTHONPATH."""
    copy = folder / "src"
    shutil.copytree(SOURCE, copy / SOURCE.name, ignore=shutil.ignore_patterns("__pycache__"))
    place = copy / SOURCE.name / ROOM / "migrations"
    last = max(path.stem for path in place.glob("[0-9]*.py"))
    (place / "9999_planted.py").write_text(HEAD.format(last=last) + BODIES[kind])
    return copy
