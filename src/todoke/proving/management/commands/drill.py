"""``./todoke drill``: kill the database while people apply; time the switch to read-only (ダウン対策の訓練)."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from todoke.continuity.models import RecoveryCheck
from todoke.continuity.recovery_checks import note
from todoke.proving import drill
from todoke.proving.reports import conclude, machine_line


class Command(BaseCommand):
    help = "申請を受けながらデータベースを止め、参照専用になるまで、戻るまでを測ります(データはすべて合成)。"
    requires_system_checks: list[str] = []  # what is proved are other installations than this one

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", choices=["sqlite", "postgresql"], default="postgresql")
        parser.add_argument("--outage", type=float, default=20.0, help="止めておく秒数")
        parser.add_argument("--visitors", type=int, default=4, help="同時に申請する人数")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {name: options[name] for name in ("database", "outage", "visitors")}
        began = time.monotonic()
        report = drill.run(**asked)
        summary = (
            f"参照専用になるまで {report.switch_seconds:.1f} 秒、戻るまで {report.back_seconds:.1f} 秒、"
            f"受付の応答 {report.acknowledged:,} 件、預り {report.deposited:,} 件、問題 {len(report.problems)} 件"
        )
        if not note(RecoveryCheck.Kind.DRILL, time.monotonic() - began, summary, failed=bool(report.problems)):
            self.stderr.write("この環境にデータベースがないので、結果は「変更・訓練」のページに残りません。")
        self.stdout.write(machine_line(options["database"]))
        self.stdout.write(
            f"参照専用になるまで {report.switch_seconds:.1f} 秒、見せた内容は {report.stale_minutes} 分前のもの、"
            f"戻るまで {report.back_seconds:.1f} 秒"
        )
        self.stdout.write(
            f"受付の応答 {report.acknowledged:,} 件、預り {report.deposited:,} 件、返した入力 {report.handed_back:,} 回"
        )
        conclude(self, report.problems, refused=f"問題 {len(report.problems)} 件", clean="失われたもの 0、重複 0")
