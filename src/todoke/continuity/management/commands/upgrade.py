"""``./todoke upgrade``: bring an installation that people use to this release, or leave it as it was."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from todoke.continuity import upgrade, waves
from todoke.continuity.pg_tools import ProgramFailed
from todoke.continuity.stream_encryption import CorruptStream
from todoke.runtime.database.direct_connection import DirectAddressMissing, use_direct_connection

REFUSALS = (upgrade.UpgradeRefused, DirectAddressMissing, CorruptStream, ProgramFailed, OSError, OperationalError)


class Command(BaseCommand):
    help = "新しい版に入れ替えます(控え、参照専用、移行、確かめ、起動し直し)。失敗したら、前の版のまま動き続けます。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="何をするかを表示するだけで、何も変えません")
        parser.add_argument(
            "--restart", default="", help="サーバーとワーカーを起動し直す命令(例: systemctl restart 'todoke-*@*')"
        )

        parser.add_argument(
            "--wave", type=Path, help="環境ファイルを一行に一つ書いたファイル。順に入れ替え、失敗したところで止めます"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["wave"]:
            self._wave(options["wave"], options["restart"])
            return
        try:
            with use_direct_connection():
                upgrade.run(say=self._say, restart=options["restart"], rehearse=options["dry_run"])
        except REFUSALS as problem:
            raise CommandError(f"入れ替えを始めませんでした。何も変えていません。\n{problem}") from problem
        except upgrade.UpgradeFailed as problem:
            raise CommandError(str(problem)) from problem

    def _wave(self, path: Path, restart: str) -> None:
        try:
            report = waves.run(waves.read_wave(path), say=self._say, restart=restart)
        except FileNotFoundError as missing:
            raise CommandError(f"{missing.filename} がありません。どこにも触れていません。") from missing
        if report.failed:
            raise CommandError(
                f"{'、'.join(report.failed)} で止めました。入れ替えたもの {len(report.upgraded)}、"
                f"前の版のまま触れていないもの {len(report.untouched)}({'、'.join(report.untouched[:20]) or 'なし'})。"
            )
        self._say(f"{len(report.upgraded)} 団体を入れ替えました。")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
