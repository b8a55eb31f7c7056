"""Real tables 公表された基準: point tables of municipalities, copied by hand, each with its source."""

import json
from pathlib import Path

from todoke.admissions.points.rule_document import Document

TABLES = Path(__file__).parent / "tables"


def table_names() -> list[str]:
    """Return the names of the tables."""
    return sorted(path.stem for path in TABLES.glob("*.json"))


def table(name: str) -> Document:
    """Return a table as a stored rule document. Raises OSError for an unknown name."""
    found: Document = json.loads((TABLES / f"{name}.json").read_text(encoding="utf-8"))
    return found
