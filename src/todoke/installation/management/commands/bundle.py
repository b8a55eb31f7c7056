"""``./todoke bundle``: everything that a closed network needs, in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.installation.offline_bundle import make_bundle
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "閉じた網に持ち込む一式(プログラム、ライブラリ、照合値)を、一つのファイルにします。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="できたファイルを置くフォルダー")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_bundle(settings.ROOT, options["folder"])
        except (Refused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"{made}({made.stat().st_size / 1024 / 1024:.0f}MB)を作りました。広げて ./todoke prepare で入ります。"
        )
