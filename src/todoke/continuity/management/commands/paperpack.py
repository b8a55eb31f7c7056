"""``./todoke paperpack``: write a PDF form of every open service, to be filled in by hand in an outage."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.continuity import paperpack


class Command(BaseCommand):
    help = (
        "受付中の手続を、一つずつ紙の様式(PDF)にし、ほかの手続のために受付票と一覧を書きます。"
        "止まったときのために、刷って窓口に置いてください。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, nargs="?", default=settings.VAR / "paperpack", help="書き出すフォルダー"
        )
        parser.add_argument("--procedure", default="", metavar="番号", help="この手続番号だけ")

    def handle(self, *args: Any, **options: Any) -> None:
        names = paperpack.print_all(options["folder"], options["procedure"])
        others = 0 if options["procedure"] else paperpack.print_slip(options["folder"])
        if not names and not others:
            raise CommandError("受付中の手続がありません。")
        self.stdout.write(
            f"{options['folder']} に {len(names):,} 手続の様式を書きました。入力は「窓口・郵送の受付」からです。"
        )
        if others:
            self.stdout.write(f"様式のない {others:,} 手続のために、受付票と一覧({paperpack.LISTED})も書きました。")
