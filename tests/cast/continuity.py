"""The cast of the backups: an office with an application and its paper, and copies of it elsewhere."""

import os
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.models import Case
from todoke.continuity import stream_encryption
from todoke.continuity.backup_repository import BackupItem, BackupRepository
from todoke.offers.models import Release
from todoke.proving import service

PAPER = service.sample_pdf("k7")


def applied(name: str = "k7") -> Case:
    """An application with a paper, received."""
    release = Release.objects.first() or service.build()
    draft = intake.begin(release, by=Guest())
    for page, fields in service.resident_answers(name).items():
        draft.submission.save_page(page, fields, by=Guest())
    draft.submission.attach("paper", SimpleUploadedFile("書類.pdf", PAPER, "application/pdf"), by=Guest())
    return intake.accept(draft.submission, by=Guest())


def repository(folder: Path) -> BackupRepository:
    return BackupRepository(folder / "vault", stream_encryption.make_key(folder / "key"))


@dataclass
class Elsewhere:
    """An empty place of the same kind: a folder, and on PostgreSQL a database of its own."""

    folder: Path
    database: str
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, source: Path = settings.ROOT / "src") -> subprocess.CompletedProcess[str]:
        """Run ``./todoke`` there, of this release or of the one in ``source``."""
        environment = {
            **os.environ,
            **self.environment,
            "PYTHONPATH": str(source),
            "TODOKE_VAR": str(self.folder),
            "TODOKE_DATABASE": self.database,
            "TODOKE_HTTPS": "0",
        }
        command = [sys.executable, "-m", "todoke", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return rows of its database."""
        if self.database:
            with psycopg.connect(self.database) as server:
                return server.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.folder / "todoke.sqlite3")) as file:
            return file.execute(question).fetchall()


def elsewhere(folder: Path) -> Elsewhere:
    if connection.vendor == "sqlite":
        return Elsewhere(folder, "")
    chosen, name = settings.DATABASES["default"], f"copy_{secrets.token_hex(4)}"
    place = {"user": chosen["USER"], "host": chosen["HOST"], "port": chosen["PORT"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **place) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return Elsewhere(folder, f"postgresql://{place['user']}@{place['host']}:{place['port']}/{name}")


NOTHING = BackupItem("database", "0" * 64, 0)
