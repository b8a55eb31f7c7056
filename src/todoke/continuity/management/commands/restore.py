"""``./todoke restore SOURCE``: verify a backup completely and restore it into an empty installation."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.continuity import recovery_checks, restore, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.pg_tools import ProgramFailed
from todoke.continuity.stream_encryption import CorruptStream
from todoke.runtime.database.direct_connection import DirectAddressMissing, use_direct_connection
from todoke.runtime.models import SendBlock


class Command(BaseCommand):
    help = "控えを、空の環境に戻します。戻した写しは、--release で解除するまで、メールも支払も予約作業も動きません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, nargs="?", default=settings.BACKUPS, help="控えの置き場(フォルダー)")
        parser.add_argument("--key-file", type=Path, default=settings.BACKUP_KEY_FILE, help="控えの鍵のファイル")
        parser.add_argument("--backup", help="戻す控えの名前(決めないと、いちばん新しいもの)")
        parser.add_argument("--list", action="store_true", help="控えの一覧を表示します")
        parser.add_argument("--check", action="store_true", help="すべて開いて確かめるだけで、何も戻しません")
        parser.add_argument("--hold", action="store_true", help="ほかの方法で戻した写しを差し止めます(--reason 理由)")
        parser.add_argument("--release", action="store_true", help="戻した写しを本番として動かし始めます")
        parser.add_argument("--by", default="", help="解除する人の氏名(--release のとき)")
        parser.add_argument("--reason", default="", help="差し止める、または解除する理由")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release"]:
            self._release(options["by"], options["reason"])
            return
        if options["hold"]:
            hold = SendBlock.objects.create(reason=options["reason"] or "ほかの方法で戻した写し")
            log.record(hold, "差止め", by=System("運用担当"), reason=hold.reason)
            self.stdout.write("差し止めました。解除するまで、メール、支払、予約作業は動きません。")
            return
        if options["source"] is None:
            raise CommandError("控えの置き場を書いてください: ./todoke restore フォルダー(または TODOKE_BACKUPS)")
        try:
            repository = BackupRepository(options["source"], stream_encryption.read_key(options["key_file"]))
            self._work(repository, options)
        except FileNotFoundError as missing:
            raise CommandError(f"{missing.filename} がありません。置き場と鍵の場所を確かめてください。") from None
        except (CorruptStream, restore.TargetNotEmpty, ProgramFailed, DirectAddressMissing) as problem:
            raise CommandError(f"何も書き換えていません。\n{problem}") from problem

    def _work(self, repository: BackupRepository, options: dict[str, Any]) -> None:
        stamps = repository.stamps()
        if not stamps:
            raise CommandError(f"{repository.folder} に控えはありません。")
        if options["list"]:
            for stamp in stamps:
                manifest = repository.read_manifest(stamp)
                counted = "、".join(f"{name} {count:,}件" for name, count in manifest.counts.items())
                self.stdout.write(
                    f"{stamp}  {counted}、ファイル {len(manifest.files):,}点、{manifest.size / 1e6:,.0f} MB"
                )
            return
        stamp, began = options["backup"] or stamps[-1], time.monotonic()
        if options["check"]:
            self.stdout.write(recovery_checks.check_backup(repository, stamp))
            return
        with use_direct_connection():
            restored = restore.restore(repository, stamp)
        self.stdout.write(
            f"控え {stamp} を戻しました({time.monotonic() - began:.1f} 秒): "
            f"{'、'.join(f'{name} {count:,}件' for name, count in restored.manifest.counts.items())}、"
            f"ファイル {len(restored.manifest.files):,}点"
        )
        self.stdout.write(
            "この写しは差し止められています。メール、支払、予約作業は動きません。中身を確かめたら、"
            "./todoke restore --release --by 氏名 --reason 理由 で動かし始めてください。"
        )
        if restored.findings:
            raise CommandError("戻しましたが、控えと違うところがあります。\n" + "\n".join(restored.findings[:20]))

    def _release(self, by: str, reason: str) -> None:
        if not by or not reason:
            raise CommandError("--by 氏名 と --reason 理由 を書いてください。記録に残ります。")
        holds = list(SendBlock.objects.in_force())
        if not holds:
            self.stdout.write("差し止められていません。何もしませんでした。")
            return
        for hold in holds:
            if hold.release(by=by, reason=reason):
                log.record(hold, "差止めの解除", by=System(by[:100]), reason=reason)
        self.stdout.write(
            "解除しました。メール、支払、予約作業が動き始めます。元の環境が動いていないことを確かめてください。"
        )
