"""``./todoke lottery verify FILE``: a published draw recomputed; 0 as the rules say, 1 not so, 2 unreadable."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.bookings.lottery.published_file import faults, read_published
from todoke.runtime.refusals import Unreadable


class Command(BaseCommand):
    help = "抽選の公表ファイルを計算し直します。終了コードは 0 規則どおり、1 合わない、2 読めない。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["verify"], help="検算")
        parser.add_argument("file", type=Path, help="抽選の公表ファイル")

    def handle(self, **options: Any) -> None:
        """Verify a file. Raises CommandError: exit code 1 for a draw that does not fit, 2 for what cannot be read."""
        try:
            published = read_published(options["file"].read_bytes().decode())
        except OSError as problem:
            raise CommandError(
                f"ファイルを開けません: {problem.filename}({problem.strerror})", returncode=2
            ) from problem
        except UnicodeDecodeError as problem:
            raise CommandError("UTF-8の文字でないところがあります。", returncode=2) from problem
        except Unreadable as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if found := faults(published):
            raise CommandError("\n".join(found), returncode=1)
        entries, won = len(published.closed.entries), sum(one.outcome == "当選" for one in published.results)
        self.stdout.write(f"抽選 {published.number} は規則どおりです。申込み {entries:,}件、当選 {won:,}件。")
