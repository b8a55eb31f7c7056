"""``./todoke backup TARGET``: an encrypted backup of database and files, without downtime."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from todoke.continuity import backup, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.pg_tools import ProgramFailed
from todoke.continuity.stream_encryption import CorruptStream
from todoke.runtime.database.direct_connection import DirectAddressMissing


class Command(BaseCommand):
    help = "データベースと添付の控えを、動かしたまま、暗号化して取ります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, nargs="?", default=settings.BACKUPS, help="控えの置き場(フォルダー)")
        parser.add_argument("--key-file", type=Path, default=settings.BACKUP_KEY_FILE, help="控えの鍵のファイル")
        parser.add_argument("--new-key", action="store_true", help="鍵を作って終わります。別の場所にも保管してください")
        parser.add_argument("--keep-days", type=int, default=0, help="この日数より古い控えを消します(0は消さない)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self._new_key(options["key_file"])
            return
        if options["target"] is None:
            raise CommandError("控えの置き場を書いてください: ./todoke backup フォルダー(または TODOKE_BACKUPS)")
        began = time.monotonic()
        try:
            repository = BackupRepository(options["target"], stream_encryption.read_key(options["key_file"]))
            manifest = backup.create(repository)
            gone = (
                backup.prune(repository, keep_for=timedelta(days=options["keep_days"])) if options["keep_days"] else 0
            )
        except FileNotFoundError:
            told = f"鍵 {options['key_file']} がありません。はじめに ./todoke backup --new-key で作ってください。"
            raise CommandError(told) from None
        except (CorruptStream, ProgramFailed, DirectAddressMissing, OperationalError) as problem:
            raise CommandError(f"控えを取れませんでした。前の控えはそのままです。{problem}") from problem
        self.stdout.write(
            f"控え {manifest.stamp}: {'、'.join(f'{name} {count:,}件' for name, count in manifest.counts.items())}、"
            f"ファイル {len(manifest.files):,}点、{manifest.size / 1e6:,.0f} MB"
            f"(うち新しく書いたもの {repository.added:,}点 {repository.added_bytes / 1e6:,.0f} MB)、"
            f"{time.monotonic() - began:.1f} 秒"
        )
        if gone:
            self.stdout.write(f"{options['keep_days']}日より古い控え {gone}個を消しました。")
        if manifest.problems:
            raise CommandError("控えは取れましたが、いまの添付に問題があります。\n" + "\n".join(manifest.problems[:20]))

    def _new_key(self, path: Path) -> None:
        try:
            stream_encryption.make_key(path)
        except FileExistsError:
            raise CommandError(f"{path} には鍵があります。上書きしません。") from None
        self.stdout.write(
            f"控えの鍵を {path} に作りました。この鍵がないと、控えは誰にも開けません。"
            "この機械とは別の場所(金庫など)に、必ず写しを保管してください。"
        )
