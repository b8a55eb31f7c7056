"""Runs the commands of the deploy guide as they stand, in a root folder of the test's own instead of the machine's.

Absolute paths of the guide and of the delivered files lie below that folder. ``sudo``, ``useradd``, ``chown`` and
``editor`` do what matters there; ``systemctl`` starts what the delivered units say, without systemd. Nothing runs as
root: where the tests do, the commands run as the user of PostgreSQL, which may write only below that folder.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from todoke.proving.cluster import free_port, postgresql_programs

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "how-to" / "deploy.md"
PLACES = (
    "/opt/todoke", "/etc/todoke", "/etc/systemd", "/etc/nginx", "/etc/postgresql", "/var/lib/todoke", "/var/log/nginx",
    "/mnt/backup", "/mnt/checkpoints",
)  # fmt: skip
_PLACE = re.compile(r"(?<![\w.])(" + "|".join(PLACES) + r")(?=[/\s'\";.]|$)")
SHIMS: Mapping[str, str] = {
    "useradd": "exit 0",
    "chown": "exit 0",
    "editor": "exit 0",
    "systemctl": 'echo "$@" >>"$GUIDE_ROOT/systemctl"',
    "createdb": 'exec "$PG_BIN/createdb" -h "$GUIDE_ROOT" -p "$PG_PORT" -U postgres "$@"',
    "psql": 'exec "$PG_BIN/psql" -h "$GUIDE_ROOT" -p "$PG_PORT" -U postgres "$@"',
    "sudo": 'while [ "${1#-}" != "$1" ]; do [ "$1" = -u ] && shift; shift; done\nexec "$@"',
    "install": 'args=; for a in "$@"; do case "$skip$a" in skip*) skip=; continue;; -o|-g) skip=skip; continue;; esac; '
    'args="$args $a"; done\nexec /usr/bin/install $args',
}


def steps(chapter: str) -> Iterator[tuple[str, list[str]]]:
    """Yield title and commands of each numbered step of a chapter of the guide."""
    text = GUIDE.read_text(encoding="utf-8").split(f"## {chapter}\n")[1].split("\n## ")[0]
    for part in re.split(r"^\*\*(?=\d+\. )", text, flags=re.MULTILINE)[1:]:
        yield part.partition("**")[0], re.findall(r"^    (\S.*)$", part, flags=re.MULTILINE)


class GuideRoot:
    """A root folder with the shims, a cluster that is not configured yet, and what was started."""

    def __init__(self, folder: Path, more: Mapping[str, str] | None = None) -> None:
        self.folder, self.programs, self.more = folder, postgresql_programs() or Path(), more or {}
        self.ports = {
            "5432": free_port(),
            "8001": free_port(),
            "8002": free_port(),
            "443": free_port(),
            "80": free_port(),
        }
        self.user = "postgres" if os.geteuid() == 0 else None
        self.running: list[subprocess.Popen[bytes]] = []
        for place in (
            "bin",
            "etc/systemd/system",
            "etc/nginx/sites-enabled",
            "etc/postgresql/15/main/conf.d",
            "var/log/nginx",
            "var/lib/nginx",
            "source",
        ):
            (folder / place).mkdir(parents=True)
        for name, body in SHIMS.items():
            (folder / "bin" / name).write_text(f"#!/bin/sh\n{body}\n")
            (folder / "bin" / name).chmod(0o755)

    def hand_over(self) -> None:
        """Give the whole folder to the user that runs the commands, once the source lies there."""
        if self.user:
            subprocess.run(["chown", "-R", f"{self.user}:", str(self.folder)], check=True)

    def _as_nobody_special(self) -> dict[str, Any]:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def below(self, text: str) -> str:
        """Return a text with the machine's paths below this root, and the guide's ports as those that are free here."""
        moved = _PLACE.sub(lambda found: f"{self.folder}{found[1]}", text)
        for port, own in self.ports.items():
            moved = re.sub(rf"(?<=[@: ]){port}(?=[\s;/]|$)", str(own), moved)
        return moved

    def run(self, command: str) -> str:
        """Run one command of the guide in the source folder and return what it said. Raises CalledProcessError."""
        if command.startswith("sudo editor"):
            self._edit()
            return ""
        done = subprocess.run(
            ["sh", "-ec", self.below(command)], cwd=self.folder / "source", env=self.surroundings(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, **self._as_nobody_special(),
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"{command}\n{done.stdout[-3000:]}")
        for asked in self._asked_of_systemd():
            self._obey(asked)
        return str(done.stdout)

    def surroundings(self) -> dict[str, str]:
        """Return the variables of a machine of its own: none of this program, no folder that the user cannot enter."""
        found = [
            place for place in os.environ["PATH"].split(":") if not self.user or Path.home() not in Path(place).parents
        ]
        path = ":".join([f"{self.folder}/bin", *found, "/usr/sbin"])
        own = {"GUIDE_ROOT": str(self.folder), "PG_BIN": str(self.programs), "PG_PORT": str(self.ports["5432"])}
        foreign = ("TODOKE_", "PYTHON", "DJANGO_", "VIRTUAL_ENV")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        return {**kept, **own, "PATH": path, "HOME": str(self.folder / "var/lib/todoke"), **self.more}

    def _edit(self) -> None:
        """What the operator writes into the settings: this machine's address, and a mail server without TLS."""
        file = self.folder / "etc" / "todoke" / "todoke.env"
        text = self.below(file.read_text())
        text = text.replace("https://todoke.example.lg.jp", f"https://todoke.example.lg.jp:{self.ports['443']}")
        text = re.sub(r"^TODOKE_SMTP_TLS=.*$", "TODOKE_SMTP_TLS=none", text, flags=re.MULTILINE)
        file.write_text(text)

    def _asked_of_systemd(self) -> Iterator[list[str]]:
        asked = self.folder / "systemctl"
        if asked.exists():
            lines = asked.read_text().splitlines()
            asked.unlink()
            yield from (shlex.split(line) for line in lines)

    def _obey(self, words: list[str]) -> None:
        if words[:2] == ["restart", "postgresql"]:
            self.start_database()
        elif words[:2] == ["reload", "nginx"]:
            self._start_proxy()
        elif words[0] == "enable":
            for unit in words[2:]:
                if unit.endswith(".timer"):
                    assert (self.folder / "etc/systemd/system" / unit).exists(), unit
                else:
                    self._start_unit(*unit.split("@"))

    def start_database(self) -> None:
        """Start a cluster whose only settings are those that the guide copied."""
        data = self.folder / "cluster"
        data.mkdir()
        archive = self.folder / "mnt/backup/wal"
        for path in (data, archive):
            if self.user:
                shutil.chown(path, self.user, self.user)
        own = {"check": True, "cwd": self.folder, "stdout": subprocess.DEVNULL, **self._as_nobody_special()}
        access = ("--auth-local=trust", "--auth-host=scram-sha-256", "-U", "postgres", "-E", "UTF8", "--no-sync")
        subprocess.run([str(self.programs / "initdb"), "-D", str(data), *access], **own)
        with (data / "postgresql.conf").open("a") as conf:
            for file in (self.folder / "etc/postgresql/15/main/conf.d").glob("*.conf"):
                conf.write(self.below(file.read_text()))
        options = f"-p {self.ports['5432']} -k {self.folder} -c listen_addresses=127.0.0.1"
        start = [str(self.programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start"]
        subprocess.run(start, **own)

    def _start_unit(self, name: str, of: str) -> None:
        text = (self.folder / "etc/systemd/system" / f"{name}@.service").read_text().replace("%i", of)
        command = cast_line(text, "ExecStart")
        settings = dict(
            line.split("=", 1)
            for line in (self.folder / "etc/todoke/todoke.env").read_text().splitlines()
            if "=" in line and not line.startswith("#")
        )
        extra = dict(line.split("=", 1) for line in re.findall(r"^Environment=(.+)$", self.below(text), re.MULTILINE))
        words = shlex.split(self.below(command))
        place = self.folder / "opt" / "todoke"
        log = (self.folder / f"{name}-{of}.log").open("wb")
        surroundings = {**self.surroundings(), **settings, **extra}
        self.running.append(
            subprocess.Popen(words, cwd=place, env=surroundings, stdout=log, stderr=log, **self._as_nobody_special())
        )

    def _start_proxy(self) -> None:
        text = self.below((self.folder / "etc/nginx/sites-enabled/todoke.conf").read_text())
        whole = self.folder / "nginx.conf"
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        places = " ".join(f"{kind}_temp_path {self.folder}/var/lib/nginx/{kind};" for kind in kinds)
        whole.write_text(
            f"daemon off; pid {self.folder}/nginx.pid; events {{}} http {{ access_log off; {places} {text} }}"
        )
        words = ["nginx", "-c", str(whole), "-e", str(self.folder / "var/log/nginx/error.log")]
        self.running.append(subprocess.Popen(words, env=self.surroundings(), **self._as_nobody_special()))

    def ended(self) -> str:
        """Return what ended although it should run, with the last lines of its unit."""
        gone = [str(process.args)[:200] for process in self.running if process.poll() is not None]
        logs = [path.read_text()[-1000:] for path in self.folder.glob("*.log")]
        return "\n".join([*gone, *logs])

    def end(self) -> None:
        """Stop everything that the guide started."""
        for process in reversed(self.running):
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            process.wait()
        stop = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "cluster"), "-m", "immediate", "stop"]
        subprocess.run(stop, cwd="/", check=False, stdout=subprocess.DEVNULL, **self._as_nobody_special())


def cast_line(unit: str, key: str) -> str:
    """Return the value of a line of a unit."""
    found = re.search(rf"^{key}=(.+)$", unit, re.MULTILINE)
    assert found, key
    return found[1]


def minutes(began: float) -> str:
    """Return how long something took, for the printed steps."""
    return f"{time.monotonic() - began:6.1f} s"
