"""docs/reference/settings.md names every variable that the program reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    sources = [ROOT / "src/todoke/settings.py", ROOT / "src/todoke/runtime/environment.py"]
    read = {name for source in sources for name in re.findall(r'"(TODOKE_[A-Z_]+)"', source.read_text())}
    explained = set(re.findall(r"^\| `(TODOKE_[A-Z_]+)` \|", (ROOT / "docs/reference/settings.md").read_text(), re.M))
    assert read == explained


def test_nothing_else_in_the_product_reads_the_environment() -> None:
    house = ROOT / "src/todoke"
    allowed = {"settings.py", "__main__.py", "wsgi.py", "pg_tools.py", "environment.py"}
    readers = {
        path.relative_to(house)
        for path in house.rglob("*.py")
        if "os.environ" in path.read_text() and path.name not in allowed
    }
    assert {path.parts[0] for path in readers} <= {"proving", "demo"}
