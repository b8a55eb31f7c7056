"""``./todoke audit``: prove that no entry was altered, removed or inserted; ``--anchor`` writes an anchor first."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.audit import checkpoints, log
from todoke.audit.models import Entry


class Command(BaseCommand):
    help = "監査記録の連鎖と錨を確かめます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", action="store_true", help="確かめる前に、錨を1つ下ろします")
        parser.add_argument("--file", type=Path, default=settings.AUDIT_ANCHORS, help="錨のファイル")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["anchor"]:
            checkpoints.cast(options["file"])
        broken = [f"{found.subject} の {found.sequence} 番目: {found.problem}" for found in log.verify()]
        broken += checkpoints.problems(options["file"])
        if broken:
            raise CommandError("監査記録が損なわれています。\n" + "\n".join(broken))
        held = len(checkpoints.read(options["file"]))
        self.stdout.write(f"監査記録 {Entry.objects.count():,} 件、錨 {held:,} 本: 連鎖は切れていません。")
