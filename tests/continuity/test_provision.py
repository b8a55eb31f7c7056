"""A vendor adds a municipality by one command, and nothing of one can be read by another."""

import io
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from todoke.continuity import provision
from todoke.runtime.environment import environment_of


def city(folder: Path, name: str, **more: str) -> Path:
    """The environment file of one municipality."""
    values = {
        "TODOKE_VAR": str(folder / name),
        "TODOKE_MUNICIPALITY": name,
        "TODOKE_URL": f"https://{name}.example.lg.jp",
        "TODOKE_HOSTS": f"{name}.example.lg.jp",
        "TODOKE_BACKUPS": str(folder / "backups" / name),
        "TODOKE_SECRET_KEY": "",
        "TODOKE_HTTPS": "0",
    } | more
    file = folder / f"{name}.env"
    file.write_text("".join(f"{key}={value}\n" for key, value in values.items()))
    return file


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"TODOKE_URL": "http://a.example.lg.jp"}, "https://"),
        ({"TODOKE_BACKUPS": ""}, "TODOKE_BACKUPS"),
        ({"TODOKE_DATABASE": "postgresql://x@h/Bad-Name"}, "英小文字"),
        ({"TODOKE_VAR": "/var/b"}, "b.env と同じ"),
    ],
)
def test_a_file_that_is_not_right_makes_nothing(tmp_path: Path, more: dict[str, str], told: str) -> None:
    city(tmp_path, "b", TODOKE_VAR="/var/b")
    with pytest.raises(CommandError, match=told):
        call_command("provision", str(city(tmp_path, "a", **more)), stdout=io.StringIO())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.env", "b.env"]


def test_an_installation_that_was_used_before_keeps_its_keys(tmp_path: Path) -> None:
    file = city(tmp_path, "a")
    (tmp_path / "a").mkdir()
    for name in ("secret-key", "field-key"):
        (tmp_path / "a" / name).write_text("in use")
    done = {step.what: step.is_done() for step in provision.steps(file, "")[:2]}
    assert done == {"署名の鍵": True, "答えの鍵": True}


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_municipality_is_made_once_with_keys_of_its_own(tmp_path: Path) -> None:
    file = city(tmp_path, "a")
    said = [io.StringIO() for _ in range(3)]
    call_command("provision", str(file), "--dry-run", stdout=said[0])
    assert "作ります" in said[0].getvalue()
    assert not (tmp_path / "a").exists()
    call_command("provision", str(file), stdout=said[1])
    made, content = environment_of(file), file.read_text()
    assert len(made["TODOKE_SECRET_KEY"]) >= 50
    assert made["TODOKE_SECRET_KEY"] != settings.SECRET_KEY
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "a" / "todoke.sqlite3").exists()
    call_command("provision", str(file), stdout=said[2])
    assert "作りました" not in said[2].getvalue()
    assert file.read_text() == content


@pytest.mark.django_db
@pytest.mark.postgresql
def test_the_roles_of_one_municipality_reach_no_other_and_own_no_table(tmp_path: Path) -> None:
    chosen = settings.DATABASES["default"]
    place = f"{chosen['HOST']}:{chosen['PORT']}"
    administrator = f"postgresql://{chosen['USER']}@{place}/postgres"
    names = ["kasumi_shi", "minato_machi"]
    for name in names:
        file = city(tmp_path, name, TODOKE_DATABASE=f"postgresql://{name}:secret@{place}/{name}")
        for step in provision.steps(file, administrator)[:-1]:
            assert not step.is_done()
            step.make()
            assert step.is_done()
        owner = environment_of(tmp_path / f"{name}.owner.env")["TODOKE_DATABASE_DIRECT"]
        assert urlsplit(owner).username == f"{name}_owner"
        with psycopg.connect(owner) as server:
            server.execute("CREATE TABLE paper (what text)")
        with psycopg.connect(f"postgresql://{name}@{place}/{name}") as server:
            assert server.execute("INSERT INTO paper VALUES ('x') RETURNING what").fetchone() == ("x",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute("DROP TABLE paper")
    for role in ("kasumi_shi", "kasumi_shi_owner", "kasumi_shi_reader"):
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(f"postgresql://{role}@{place}/minato_machi")
