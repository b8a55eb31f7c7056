"""Run files 試算のファイル: the stored documents of a run."""

import json
from typing import Any

from todoke.admissions.models import PlacementRun


def read_document(run: PlacementRun, name: str) -> Any:
    """Return a stored document of a run. Raises KeyError for an unknown name."""
    found: Any = json.loads(run.read(name))
    return found
