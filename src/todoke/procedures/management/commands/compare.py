"""``./todoke compare OLD NEW``: two years of the national survey side by side 年度の比較."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.procedures.survey_years import compare, renamed_choices
from todoke.spreadsheets.reader import UnreadableFile


class Command(BaseCommand):
    help = "国の調査の二つの年度を比べます(コード表の変更は読み替えます)。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", type=Path, help="前の年度のファイル(CSV または XLSX)")
        parser.add_argument("new", type=Path, help="新しい年度のファイル")

    def handle(self, *args: Any, old: Path, new: Path, **options: Any) -> None:
        for path in (old, new):
            if not path.is_file():
                raise CommandError(f"ファイルがありません: {path}")
        try:
            found = compare(old, new)
        except UnreadableFile as problem:
            raise CommandError(f"{problem.problem}\n  → {problem.remedy}") from problem
        out = self.stdout.write
        out(f"新しい手続 {len(found.new):,} / なくなった手続 {len(found.gone):,} / 両方にある手続 {found.common:,}")
        out(f"内容の変わった手続 {found.changed_rows:,}")
        for header, count in found.changed.most_common():
            out(f"  {header}: {count:,}")
        for (header, before, after), count in found.moves.most_common(20):
            out(f"    {header}: {before} → {after} {count:,}件")
        for header, count in found.carried_over.items():
            out(f"コード表の変更だけ({header}): {count:,}件(変わったと数えません)")
        out(f"表記の変わった選択肢 {len(renamed_choices())}(読み替え済み)")
