"""A city is upgraded while it is in use: it gets the new release whole, or keeps the old one and loses nothing."""

from pathlib import Path

import pytest
from django.db import connection

from tests.cast import continuity
from tests.cast.continuity import Elsewhere
from todoke.continuity import backup
from todoke.proving.operations.planted_release import plant
from todoke.runtime.build_identity import build_identity

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info('cases_case')",
    "postgresql": "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'cases_case'",
}
NEWEST = "SELECT build, completed_at, release FROM runtime_installedbuild ORDER BY id DESC LIMIT 1"


@pytest.fixture
def city(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    """An installation of this release with an application, and with a key for its backups."""
    place = tmp_path_factory.mktemp("elsewhere")
    continuity.applied()
    repository = continuity.repository(place)
    backup.create(repository)
    there = continuity.elsewhere(place / "var")
    there.environment |= {"TODOKE_BACKUPS": str(repository.folder), "TODOKE_BACKUP_KEY_FILE": str(place / "key")}
    told = there.run("restore", str(repository.folder))
    assert told.returncode == 0, told.stderr
    assert there.run("migrate", "-v", "0").returncode == 0
    return there


def look(city: Elsewhere) -> tuple[bool, bool, str, bool, int]:
    """Whether its tables fit this release, whether a migration ended, its release, the new column, its cases."""
    build, ended, release = city.ask(NEWEST)[0]
    has_column = ("proof_note",) in city.ask(COLUMNS[connection.vendor])
    return (
        build == build_identity(),
        bool(ended),
        release,
        has_column,
        city.ask("SELECT count(*) FROM cases_case")[0][0],
    )


def test_a_release_comes_whole_or_not_at_all(city: Elsewhere, tmp_path: Path) -> None:
    assert "もう、この版です" in city.run("upgrade").stdout
    as_before = (True, True, "0.1.0", False, 1)

    key = Path(city.environment["TODOKE_BACKUP_KEY_FILE"])
    key.rename(tmp_path / "mislaid")
    without = city.run("upgrade", source=plant(tmp_path / "broken", "fail"))
    assert "--new-key" in without.stderr
    (tmp_path / "mislaid").rename(key)
    broken = city.run("upgrade", source=tmp_path / "broken" / "src")
    assert broken.returncode == 1
    assert "前の版が、そのまま動いています" in broken.stderr
    assert look(city) == as_before
    assert not (city.folder / "readonly.json").exists()

    greedy = city.run("upgrade", source=plant(tmp_path / "greedy", "contract"))
    assert greedy.returncode == 1
    assert "cases.9999_planted" in greedy.stderr
    assert look(city) == as_before

    newer, mark = plant(tmp_path / "newer", "expand"), tmp_path / "restarted"
    assert "移行 1 件" in city.run("upgrade", "--dry-run", source=newer).stdout
    assert look(city) == as_before
    done = city.run("upgrade", "--restart", f"touch {mark}", source=newer)
    assert done.returncode == 0, done.stderr
    assert mark.exists()
    assert look(city) == (False, True, "0.1.0", True, 1)
    assert len(list((Path(city.environment["TODOKE_BACKUPS"]) / "backups").glob("*.todoke"))) >= 3
