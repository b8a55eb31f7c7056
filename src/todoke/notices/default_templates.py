"""Default templates 既定の文面: the words each notice has until the office publishes its own version.

Each room brings its own in a TOML file (``RoomConfig.notice_templates``), so that no notice is ever wordless.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from todoke.runtime.rooms import notice_files

FOOT = "\n\nこのメールに心当たりがない場合は、{municipality}へお知らせください。\n{municipality}"


@dataclass(frozen=True)
class DefaultTemplate:
    """A built-in text: its name for the office, its subject and its body; places are written {名前}.

    ``english`` stands below the body for whoever applied on the English pages; "" where there is none.
    """

    title: str
    subject: str
    body: str
    english: str = ""


@cache
def default_templates() -> Mapping[str, DefaultTemplate]:
    """Return every built-in text of all rooms by its code. Raises ValueError where two rooms bring one code."""
    found: dict[str, DefaultTemplate] = {}
    for path in notice_files():
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(f"{path}: the notice {code} is in another room already")
            body = entry["body"] + (FOOT if entry.get("foot") else "")
            found[code] = DefaultTemplate(entry["title"], entry["subject"], body, entry.get("english", ""))
    return found
