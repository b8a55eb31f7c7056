"""``./todoke addresses FILE``: take in where addresses lie (住所, 緯度, 経度); 住所の一覧の取込み."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.places.models import AddressList
from todoke.runtime.refusals import Unreadable


class Command(BaseCommand):
    help = "住所の位置の一覧(CSV: 住所,緯度,経度)を取り込みます。前の一覧は残り、新しい一覧が使われます。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV(UTF-8)")
        parser.add_argument("--municipality", required=True, help="都道府県と市区町村(静岡県焼津市)")
        parser.add_argument("--source", required=True, help="出典")
        parser.add_argument("--licence", required=True, help="利用条件")
        parser.add_argument("--as-of", required=True, type=date.fromisoformat, help="一覧の日付(2025-02-14)")
        parser.add_argument("--accuracy", required=True, type=float, help="位置のずれ(m)")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            table = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError("ファイルを開けないか、UTF-8ではありません。") from problem
        found = AddressList(
            municipality=options["municipality"], source=options["source"], licence=options["licence"],
            as_of=options["as_of"], accuracy_m=options["accuracy"],
        )  # fmt: skip
        try:
            count = found.take_in(table, by=System("住所の取込みコマンド"))
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{found}: 位置の分かる住所{count:,}件")
