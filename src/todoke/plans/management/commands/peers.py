"""``./todoke peers FILE``: import figures that other municipalities published; ``--feed`` reads their signed feeds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.plans.models import PeerFigure
from todoke.plans.peer_feed import take_in_feeds
from todoke.plans.peer_import import import_figures
from todoke.runtime.installation_key import MAX_CHARACTERS
from todoke.runtime.refusals import Refused

SECONDS = 15


class Command(BaseCommand):
    help = "他自治体が公表した数値(CSV)を取り込み、出典と基準日とともに一覧します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="取り込むCSV(省略: いまある数値を一覧する)")

        parser.add_argument(
            "--feed", action="append", default=[], metavar="https://…/.well-known/todoke-figures.json",
            help="署名付きの数値を読みに行くアドレスか、そのファイル(繰り返し指定可)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"]:
            try:
                result = import_figures(options["file"].read_bytes(), by=System("他自治体の数値の取込"))
            except (OSError, Refused) as error:
                raise CommandError(f"読み込めません。{error}") from error
            self.stdout.write(f"{result.taken}行を取り込みました。読めなかった行: {len(result.unread or [])}")
            for each in result.warnings():
                self.stdout.write(each)
        report = take_in_feeds(options["feed"], _text_at, by=System("他自治体の数値の受信"))
        if options["feed"]:
            self.stdout.write(f"{len(options['feed'])}か所から、{report.taken}の数値を受け取りました。")
        for problem in report.problems:
            self.stderr.write(problem)
        for figure in PeerFigure.objects.all():
            self.stdout.write(f"{figure}({figure.numerator} / {figure.denominator}、{figure.meaning}、{figure.source})")


def _text_at(place: str) -> str:
    """Return what stands at an address that begins with https://, or in a file. Raises OSError or ValueError."""
    if "://" not in place:
        return Path(place).read_text(encoding="utf-8")
    if not place.startswith("https://"):
        raise ValueError("https:// で始まるアドレスにしてください。")
    with urlopen(place, timeout=SECONDS) as answer:  # noqa: S310 - https alone, given by the operator
        return str(answer.read(4 * MAX_CHARACTERS).decode())
