"""``./todoke language``: one more language of the residents' pages, from a workbook, without a patch."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.installation.language_catalog import english, install_language, read_catalog, workbook
from todoke.runtime.refusals import Refused


class Command(BaseCommand):
    help = "住民のページのことばを増やします。訳の表(Excel)を書き出し、訳を書いて、取り込みます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("list", help="いまあることば")
        words = acts.add_parser("words", help="訳の表を書き出す")
        words.add_argument("file", type=Path, help="書き出す Excel のファイル")
        add = acts.add_parser("add", help="訳の表を取り込む")
        add.add_argument("code", help="ことばの記号(例 pt-br)")
        add.add_argument("file", type=Path, help="訳を書いた Excel か CSV のファイル")
        add.add_argument("--name", required=True, help="画面に出す名前(例 Português)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as problem:
            raise CommandError(f"{options.get('file')} を開けません({problem.strerror})。") from problem

    def _list(self, options: dict[str, Any]) -> None:
        for code, name in settings.LANGUAGES:
            self.stdout.write(f"{code}  {name}")

    def _words(self, options: dict[str, Any]) -> None:
        options["file"].write_bytes(workbook())
        self.stdout.write(f"{options['file']} に {len(english()):,} の文を書き出しました。「訳」の列に書いてください。")

    def _add(self, options: dict[str, Any]) -> None:
        found = read_catalog(options["file"].read_bytes())
        place = install_language(options["code"], options["name"], found.words)
        for said in found.refused[:20]:
            self.stdout.write(said)
        self.stdout.write(
            f"{options['name']}: {len(found.words):,} / {len(english()):,} の文を取り込みました(残りは英語で出ます)。\n"
            f"{place} を全部の機械に置き、サーバーとワーカーを起動し直すと、ことばの選び方に出ます。"
        )
