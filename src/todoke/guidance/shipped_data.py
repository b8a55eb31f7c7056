"""Shipped data 製品に付く言葉: the files of words that come with this room."""

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


def shipped(name: str) -> Any:
    """Return what a shipped file of this room holds."""
    return json.loads((_FOLDER / f"{name}.json").read_text())
