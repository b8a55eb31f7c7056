"""``./todoke import FILE``: bring a CSV or XLSX file into the inventory 手続一覧の取込."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.procedures.imports.import_runs import import_unattended
from todoke.procedures.imports.importer import ImportResult, preview_file
from todoke.spreadsheets.reader import UnreadableFile


class Command(BaseCommand):
    help = (
        "手続の一覧(CSV または XLSX)を、確かめる画面を通さずに取り込みます。書き込むとすぐに公開されます。"
        "先に --dry-run で、新しい手続・似た手続・変わる項目を確かめてください。"
        "見てから決める取込は、職員の画面の「手続の台帳」→「ファイルを取り込む」で行います。"
        "書き込んだ取込は、同じ画面でまるごと取り消せます。"
    )
    requires_system_checks: list[str] = []
    """The checks load every page of the product, a seventh of the memory that an import may use."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="取り込むファイル")
        parser.add_argument("--dry-run", action="store_true", help="何が変わるかを示すだけで、書き込まない")
        parser.add_argument(
            "--good-rows-only", action="store_true", help="正しい行だけ取り込む(既定: すべて正しいときだけ)"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, good_rows_only: bool, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"ファイルがありません: {file}")
        begin = time.monotonic()
        try:
            outcome = (
                preview_file(file, progress=self._progress)
                if dry_run
                else import_unattended(
                    file, by=System("取込コマンド"), good_rows_only=good_rows_only, progress=self._progress
                )
            )
        except UnreadableFile as problem:
            raise CommandError(f"{problem.problem}\n  → {problem.remedy}\n手続の一覧は変わっていません。") from problem
        self._report(outcome, time.monotonic() - begin)
        if not dry_run and not outcome.written:
            raise CommandError(
                "不備があるので、何も取り込んでいません。直してもう一度実行するか、"
                "--good-rows-only で正しい行だけ取り込んでください。"
            )

    def _progress(self, rows: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{rows:,} 行", ending="")
            self.stderr.flush()

    def _report(self, outcome: ImportResult, seconds: float) -> None:
        out = self.stdout.write
        for hint in outcome.hints:
            out(f"注意: {hint}")
        for defect in outcome.defects[:50]:
            out(f"{defect.line}行「{defect.column}」 {defect.value!r}: {defect.problem} → {defect.remedy}")
        if outcome.defect_count > 50:
            out(f"ほか {outcome.defect_count - 50:,} 件の不備: ")
            for problem, count in outcome.problems.most_common(20):
                out(f"  {count:,} 件 {problem}")
        for row in outcome.rows[:20]:
            like = f"(似た手続 {row.like.number}、{row.like.likeness}%)" if row.like else ""
            out(f"{row.line}行 新しい手続「{row.title}」{row.detail} {like}")
        for change in outcome.changes[:20]:
            out(f"{change.line}行 {change.key}「{change.field}」 {change.before!r} → {change.after!r}")
        out(
            f"{outcome.edition} {outcome.encoding} {outcome.read:,} 行({seconds:.1f} 秒): 新規 {outcome.created:,} / "
            f"似た手続のある行 {outcome.alike:,} / "
            f"変更 {outcome.changed:,} / 変わらない {outcome.unchanged:,} / 取り込めない {outcome.refused:,}"
        )
