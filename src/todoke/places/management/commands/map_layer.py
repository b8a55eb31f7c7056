"""``./todoke map_layer CODE FILES``: take a drawing of the town in, with what was repaired; 図面の取込み."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.organization.models import Department
from todoke.places.map_layer_import import read_layers
from todoke.places.models import MapLayer
from todoke.runtime.refusals import Refused

LIMITS = ReadLimits(seconds=300, megabytes=1000)


class Command(BaseCommand):
    help = "図面(シェープファイル。面または線)を新しい版として取り込み、直したところを示します。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="図面のコード: zones(用途地域)、roads(都市計画道路)")
        parser.add_argument("files", nargs="+", type=Path, help=".shp のファイル(隣に .dbf)")
        parser.add_argument("--name", required=True, help="図面の名称")
        parser.add_argument("--source", required=True, help="出典")
        parser.add_argument("--licence", required=True, help="利用条件")
        parser.add_argument("--as-of", required=True, type=date.fromisoformat, help="図面の日付(2025-02-14)")
        parser.add_argument("--accuracy", required=True, type=float, help="図面のずれ(m)")
        parser.add_argument("--plane", required=True, type=int, choices=range(1, 20), help="平面直角座標の系(1〜19)")
        parser.add_argument("--department", required=True, help="担当部署のコード")

    def handle(self, *args: Any, code: str, files: list[Path], **options: Any) -> None:
        section = Department.objects.filter(code=options["department"]).first()
        if section is None:
            raise CommandError("担当部署のコードが、組織の一覧にありません。")
        try:
            reading = read_within(LIMITS, read_layers, files)
        except Refused as problem:
            raise CommandError(str(problem)) from problem
        layer, _ = MapLayer.objects.update_or_create(
            code=code, defaults={"name": options["name"], "department": section}
        )
        version = layer.take_in(
            reading, source=options["source"], licence=options["licence"], as_of=options["as_of"],
            accuracy_m=options["accuracy"], plane_system=options["plane"], by=System("図面の取込みコマンド"),
        )  # fmt: skip
        for repair in reading.repairs:
            self.stdout.write(repair)
        self.stdout.write(
            f"{version}: {len(reading.features)}図形、直したところ・足りないところ{len(reading.repairs)}件"
        )
