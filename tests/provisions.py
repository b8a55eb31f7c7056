"""What the tests need beside Python: a private PostgreSQL cluster, Chromium, a Japanese font, and poppler for PDF."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from todoke.proving.cluster import Cluster, MissingProgram, postgresql_programs

PACKAGES = {
    "postgresql": "postgresql",
    "pgbouncer": "pgbouncer",
    "chromium": "chromium",
    "nginx": "nginx-light",
    "strace": "strace",
    "pdftotext and pdftoppm": "poppler-utils",
    "a Japanese font": "fonts-noto-cjk",
}


def absent() -> list[str]:
    """Name what is missing."""
    fonts = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, text=True) if shutil.which("fc-list") else None
    here = {
        "postgresql": postgresql_programs() is not None,
        "pgbouncer": shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin") is not None,
        "chromium": shutil.which("chromium") is not None,
        "nginx": shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is not None,
        "strace": shutil.which("strace") is not None,
        "pdftotext and pdftoppm": all(shutil.which(program) for program in ("pdftotext", "pdftoppm")),
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
        raise MissingProgram(f"Missing: {', '.join(names)}. As root: apt-get install {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing {' '.join(packages)}", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    if left := absent():
        raise MissingProgram(f"Still missing after installing: {', '.join(left)}")


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a private cluster and yield its address."""
    cluster = Cluster()
    try:
        cluster.create()
        yield cluster.address
    finally:
        cluster.remove()
