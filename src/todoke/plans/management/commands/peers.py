"""``./todoke peers FILE``: import figures published by other municipalities."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.plans.models import PeerFigure
from todoke.plans.peer_import import import_figures
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "他自治体が公表した数値(CSV)を取り込み、出典と基準日とともに一覧します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="取り込むCSV(省略: いまある数値を一覧する)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            try:
                result = import_figures(options["file"].read_bytes(), by=System("他自治体の数値の取込"))
            except (OSError, Refused) as error:
                raise CommandError(f"読み込めません。{error}") from error
            self.stdout.write(f"{result.taken}行を取り込みました。読めなかった行: {len(result.unread or [])}")
            for each in result.warnings():
                self.stdout.write(each)
        for figure in PeerFigure.objects.all():
            self.stdout.write(f"{figure}({figure.numerator} / {figure.denominator}、{figure.meaning}、{figure.source})")
