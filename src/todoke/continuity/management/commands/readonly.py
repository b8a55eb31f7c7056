"""``./todoke readonly on|off|status|replay``: switch read-only mode, and replay offline submissions."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from todoke.continuity import offline_submissions, replay, sqlite_copy
from todoke.continuity.models import Deposit
from todoke.japanese.calendar import JAPAN
from todoke.runtime import read_only_mode


class Command(BaseCommand):
    help = "参照専用に切り替え(on)、戻し(off)、いまの様子を見て(status)、預りを取り込みます(replay)。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["on", "off", "status", "replay"])
        parser.add_argument("--reason", default="保守のため", help="参照専用にする理由(on のとき)")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['act']}")(options)

    def _on(self, options: dict[str, Any]) -> None:
        try:
            sqlite_copy.refresh()
        except Exception as problem:  # the switch must work whatever the database does
            self.stderr.write(f"いまの写しは取れませんでした({type(problem).__name__})。前の写しを見せます。")
        read_only_mode.switch_on(since=timezone.now(), reason=options["reason"])
        self.stdout.write("この機械は、次の画面から参照専用です。戻すときは ./todoke readonly off")

    def _off(self, options: dict[str, Any]) -> None:
        if not read_only_mode.switch_off():
            self.stdout.write("参照専用ではありませんでした。")
        self._replay(options)

    def _status(self, options: dict[str, Any]) -> None:
        switch = read_only_mode.manual_switch()
        since = f"{datetime.fromisoformat(switch.since).astimezone(JAPAN):%Y年%-m月%-d日 %-H時%M分}" if switch else ""
        self.stdout.write(f"参照専用({since}から、{switch.reason})" if switch else "切替えはされていません")
        self.stdout.write(f"この機械で取込みを待つ預り {offline_submissions.count_pending():,} 件")

    def _replay(self, options: dict[str, Any]) -> None:
        if read_only_mode.manual_switch() is not None:
            raise CommandError("参照専用のあいだは取り込めません。./todoke readonly off を実行してください。")
        counted = replay.replay_all()
        told = "、".join(f"{label} {count:,} 件" for label, count in counted.items())
        self.stdout.write(f"預りを取り込みました: {told or '0 件'}")
        for doubt in Deposit.objects.filter(outcome=Deposit.Outcome.TO_LOOK_AT).order_by("-pk")[:20]:
            self.stdout.write(f"  {doubt.number} 職員の確認が必要: {doubt.reason}")
