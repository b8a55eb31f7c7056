"""``./todoke provision FILE``: make the installation of one more municipality; run twice, it changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from todoke.continuity import provision
from todoke.continuity.pg_tools import ProgramFailed
from todoke.runtime.environment import environment_of


class Command(BaseCommand):
    help = "団体を一つ加えます(置き場、鍵、データベースと役割、表)。何度実行しても、足りないものだけを作ります。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="団体の環境ファイル(例 /etc/todoke/みらい区.env)")
        parser.add_argument(
            "--administrator",
            default="postgresql://postgres@127.0.0.1:5432/postgres",
            help="PostgreSQL の管理者のアドレス(データベースと役割を作るときだけ使います)",
        )
        parser.add_argument("--dry-run", action="store_true", help="何を作るかを表示するだけで、何も変えません")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"{file} がありません。deploy/systemd/todoke.env.example を写して、値を書いてください。")
        if found := list(provision.problems(file)):
            raise CommandError("何も作っていません。\n" + "\n".join(found))
        try:
            for step in provision.steps(file, options["administrator"]):
                self._make(step, rehearse=options["dry_run"])
        except (psycopg.Error, ProgramFailed, OSError) as problem:
            raise CommandError(f"ここで止まりました。直して、もう一度実行してください。\n{problem}") from problem
        if not options["dry_run"]:
            municipality = environment_of(file)["TODOKE_MUNICIPALITY"]
            self.stdout.write(
                f"{municipality}の用意ができました。次は、はじめの管理者を登録します(docs/how-to/operators.md)。"
            )

    def _make(self, step: provision.Step, *, rehearse: bool) -> None:
        if step.is_done():
            self.stdout.write(f"あります   {step.what}")
            return
        if not rehearse:
            step.make()
        self.stdout.write(f"{'作ります ' if rehearse else '作りました'} {step.what}")
        self.stdout.flush()
