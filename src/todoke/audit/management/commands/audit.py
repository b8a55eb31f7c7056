"""``./todoke audit``: verify that no entry was altered, removed or inserted; ``--checkpoint`` writes one first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.audit import checkpoints, log
from todoke.audit.models import Entry


class Command(BaseCommand):
    help = "監査記録の連鎖と検証点を確かめます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--checkpoint", action="store_true", help="確かめる前に、検証点を1つ書きます")
        parser.add_argument("--file", type=Path, default=settings.AUDIT_CHECKPOINTS, help="検証点のファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["checkpoint"]:
            checkpoints.write(options["file"])
        broken = [f"{found.subject} の {found.sequence} 番目: {found.problem}" for found in log.verify()]
        broken += checkpoints.problems(options["file"])
        if broken:
            raise CommandError("監査記録が損なわれています。\n" + "\n".join(broken))
        kept = len(checkpoints.read(options["file"]))
        self.stdout.write(f"監査記録 {Entry.objects.count():,} 件、検証点 {kept:,} 個: 連鎖は切れていません。")
