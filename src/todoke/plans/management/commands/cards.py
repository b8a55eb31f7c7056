"""``./todoke cards``: import the card series, or print a municipality's curve and monthly need."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.plans.card_series import SHIPPED, card_need, import_series
from todoke.plans.models import CardCount


class Command(BaseCommand):
    help = "マイナンバーカードの交付状況を取り込み、市区町村の推移と、目標に必要な月々の枚数を表示します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--import", dest="path", type=Path, nargs="?", const=SHIPPED, help="取り込むCSV(省略: 同梱)"
        )
        parser.add_argument("--code", help="団体コード(6桁。例: 豊島区 131164)")
        parser.add_argument("--target", type=float, help="目標の交付率(%%)")
        parser.add_argument("--due", type=date.fromisoformat, help="目標の期日(YYYY-MM-DD)")
        parser.add_argument("--on", type=date.fromisoformat, help="この日までの実績で計算する(YYYY-MM-DD)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["path"]:
            result = import_series(options["path"])
            self.stdout.write(f"{result.taken}行を取り込みました。読めなかった行: {len(result.unread or [])}")
        if not options["code"]:
            return
        series = CardCount.objects.of(options["code"])
        if not series.exists():
            raise CommandError("この団体コードの実績がありません。先に ./todoke cards --import を実行してください。")
        for each in series:
            self.stdout.write(
                f"{each.counted_on} {each.municipality} {each.issued:,} / {each.population:,}"
                f"(人口は{each.population_on}) = {each.rate:.1f}%"
            )
        if options["target"] and options["due"]:
            self._need(options)

    def _need(self, options: dict[str, Any]) -> None:
        found = card_need(options["code"], options["target"], options["due"], options["on"])
        if found is None:
            raise CommandError("その日までの実績がありません。")
        self.stdout.write(
            f"{found.count.counted_on}の{found.count.issued:,}枚から{found.due}までに{found.target}%"
            f"({found.cards:,}枚、分母は{found.count.population_on}の人口{found.count.population:,}人)にするには、"
            f"あと{found.need.remaining:,.0f}枚、月に{found.need.monthly:,.0f}枚が必要です"
            f"(直近12か月の実績は月{found.need.pace or 0:,.0f}枚、このままでは{found.need.forecast or 0:,.0f}枚)。"
        )
