"""./todoke automation check CODE FILE: compare a table with what an automation expects, without a network."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.column_difference import compare_shapes
from todoke.systems.automations.input_file import read_shape
from todoke.systems.models import Automation, AutomationRun


class Command(BaseCommand):
    help = "自動化が読む表の列を確かめます。違えば、自動化を止めて担当に知らせ、1で終わります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="check")
        check = actions.add_parser("check", help="表の列を確かめる")
        check.add_argument("code", help="自動化番号")
        check.add_argument("file", type=Path, help="これから読む CSV か Excel")

    def handle(self, *args: Any, **options: Any) -> None:
        automation = Automation.objects.filter(code=options["code"]).select_related("shape").first()
        if automation is None or automation.shape is None:
            raise CommandError("この番号の自動化がないか、入力の形がまだ承認されていません。")
        try:
            shape = read_shape(options["file"], automation)
            difference = compare_shapes(automation.shape.shape, shape)
            if not difference.stops(by_position=automation.by_position):
                self.stdout.write("列は、承認された形のとおりです。動かせます。")
                return
            AutomationRun.begin(
                automation, f"check-{timezone.now():%Y%m%d%H%M%S%f}", shape=shape, by=System("列の確認")
            )
        except (Refused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        raise CommandError(" ".join([*difference.sentences(), f"自動化を止めました。{automation.fallback}"]))
