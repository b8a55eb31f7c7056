"""What the tests need beside Python: a private PostgreSQL cluster, Chromium, and a Japanese font."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = {"postgresql": "postgresql", "chromium": "chromium", "a Japanese font": "fonts-noto-cjk"}


class Missing(Exception):
    """Something the tests need is not on this machine, and cannot be installed by this user."""


def postgresql_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def absent() -> list[str]:
    """Name what is missing."""
    fonts = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True) if shutil.which("fc-list") else None
    here = {
        "postgresql": postgresql_programs() is not None,
        "chromium": shutil.which("chromium") is not None,
        "a Japanese font": fonts is not None and bool(fonts.stdout.strip()),
    }
    return [name for name, there in here.items() if not there]


def provide() -> None:
    """Install what is missing when we may; otherwise say what to install."""
    names = absent()
    if not names:
        return
    packages = ["fontconfig", *(PACKAGES[name] for name in names)]
    if os.geteuid() != 0:
        raise Missing(f"Missing: {', '.join(names)}. As root: apt-get install {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing {' '.join(packages)}", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    if left := absent():
        raise Missing(f"Still missing after installing: {', '.join(left)}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Run a cluster of our own on loopback and yield its address; ``durable`` keeps fsync on, as in production."""
    programs = postgresql_programs()
    if programs is None:
        raise Missing("Missing: postgresql")
    folder = Path(tempfile.mkdtemp(prefix="todoke-pg-"))
    user: dict[str, str] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        user = {"user": "postgres", "group": "postgres"}
    data, port = folder / "data", free_port()
    options = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT, **user}
    try:
        initialise = [programs / "initdb", "-D", data, "-U", "todoke", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run([*map(str, initialise), *([] if durable else ["--no-sync"])], check=True, **options)
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        if not durable:
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        start = [programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", settings, "start"]
        subprocess.run(list(map(str, start)), check=True, **options)
        yield f"postgresql://todoke@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], **options)
        shutil.rmtree(folder, ignore_errors=True)
