"""添付・控え・監査: checks of disk space, files, backups, the audit log and the fonts."""

import hashlib
import os
import shutil
from datetime import timedelta
from itertools import chain as joined
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from todoke.audit import checkpoints, log
from todoke.audit.models import Entry
from todoke.cases.letters import letter_pdf
from todoke.cases.models import Letter
from todoke.continuity import backup, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.health_checks import Check, CheckResult, critical, ok, warning
from todoke.formbuilder.models import Upload

NOTICE_SHARE, DANGER_SHARE = 0.80, 0.90
SAMPLE = 200
WHOLE_CHAIN = 200_000
BACKUP_WITHIN = timedelta(hours=26)
CHECKPOINT_WITHIN = timedelta(minutes=10)


def disk() -> CheckResult:
    """Less than 80 % of the disk and of its inodes are used."""
    usage, inodes = shutil.disk_usage(settings.VAR), os.statvfs(settings.VAR)
    used = max(usage.used / usage.total, 1 - inodes.f_favail / inodes.f_files if inodes.f_files else 0)
    told = f"置き場のディスクは {used:.0%} 使われています(空き {usage.free / 1e9:,.1f} GB)"
    if used >= DANGER_SHARE:
        return critical(told, "すぐに空きを作ってください。満杯になると受け付けられません。")
    return warning(told, "空きを作るか、ディスクを増やしてください。") if used >= NOTICE_SHARE else ok(told)


def folder_permissions() -> CheckResult:
    """The data folder is not readable by others."""
    if settings.VAR.stat().st_mode & 0o005:
        return critical(f"{settings.VAR} をほかの利用者が読めます", f"chmod 700 {settings.VAR} を実行してください。")
    return ok(f"{settings.VAR} は、ほかの利用者から読めません")


def stored_files() -> CheckResult:
    """A sample of attachments and letters exists with the recorded hashes."""
    papers = Upload.objects.current().order_by("?").values_list("path", "sha256")[:SAMPLE]
    letters = Letter.objects.filter(made_at__isnull=False).order_by("?").values_list("file", "sha256")[:SAMPLE]
    wrong, seen = [], 0
    for path, sha256 in joined(papers, letters):
        seen += 1
        if not default_storage.exists(path):
            wrong.append(path)
            continue
        with default_storage.open(path) as file:
            if hashlib.sha256(file.read()).hexdigest() != sha256:
                wrong.append(path)
    if wrong:
        return critical(
            f"{seen} 点のうち {len(wrong)} 点がないか変わっています({wrong[0]})", "控えから戻してください。"
        )
    return ok(f"選んだ {seen} 点の添付と通知書は、受け取ったときのままです")


def backups() -> CheckResult:
    """The newest backup is at most 26 hours old and opens with the present key."""
    if settings.BACKUPS is None:
        return critical(
            "控えの置き場が決まっていません", "TODOKE_BACKUPS を設定し、./todoke backup を毎時間動かしてください。"
        )
    stamps = BackupRepository(settings.BACKUPS, b"").stamps()
    if not stamps:
        return critical(f"{settings.BACKUPS} に控えがありません", "./todoke backup を実行してください。")
    age = timezone.now() - backup.taken_at(stamps[-1])
    hours = age.total_seconds() / 3600
    if age > BACKUP_WITHIN:
        return critical(
            f"いちばん新しい控えは {hours:.0f} 時間前です", "./todoke backup が動いているか確かめてください。"
        )
    BackupRepository(settings.BACKUPS, stream_encryption.read_key(settings.BACKUP_KEY_FILE)).read_manifest(stamps[-1])
    return ok(f"いちばん新しい控えは {hours:.1f} 時間前で、いまの鍵で開きます({len(stamps)} 個)")


def separate_disk() -> CheckResult:
    """Backups lie on another disk than the data."""
    if settings.BACKUPS is None or not settings.BACKUPS.exists():
        return warning("控えの置き場がありません", "TODOKE_BACKUPS に、別のディスクのフォルダーを設定してください。")
    if settings.BACKUPS.stat().st_dev == Path(settings.VAR).stat().st_dev:
        return warning("控えがデータと同じディスクにあります", "別のディスクと、離れた場所にも写してください。")
    return ok("控えはデータと別のディスクにあります")


def audit() -> CheckResult:
    """The audit log agrees with its checkpoints, and its hash chain is whole."""
    count = Entry.objects.count()
    if problems := checkpoints.problems(settings.AUDIT_CHECKPOINTS):
        return critical(problems[0], "システム管理担当と監査担当に知らせ、控えと比べてください。")
    if count > WHOLE_CHAIN:
        return ok(f"検証点と合っています({count:,} 件。連鎖の全件は ./todoke audit で確かめてください)")
    if broken := next(log.verify(), None):
        return critical(
            f"{broken.subject} {broken.sequence}: {broken.problem}", "監査担当に知らせ、控えと比べてください。"
        )
    return ok(f"監査記録 {count:,} 件の連鎖は切れていません")


def checkpointed() -> CheckResult:
    """A checkpoint covers the audit entries older than 10 minutes."""
    newest = Entry.objects.order_by("-pk").first()
    held = checkpoints.read(settings.AUDIT_CHECKPOINTS)
    if newest is None or (held and held[-1].newest >= newest.pk) or timezone.now() - newest.at < CHECKPOINT_WITHIN:
        return ok(f"検証点は {len(held):,} 個です")
    return critical(
        "検証点が書かれていません", "ワーカーが動いているか、TODOKE_AUDIT_CHECKPOINTS に書けるかを確かめてください。"
    )


def fonts() -> CheckResult:
    """The fonts of the letters are installed."""
    found = letter_pdf.fonts()
    if len(found) < 2:
        return critical("通知書の書体がありません", "src/todoke/design/fonts を入れ直してください。")
    if "IPAmjMincho" not in found:
        return warning("文字情報基盤の書体がありません", "必要なら ipamjm.ttf を var/fonts に置いてください。")
    return ok(f"通知書の書体は {len(found)} 種です")


CHECKS: dict[str, Check] = {
    "ディスク": disk,
    "置き場": folder_permissions,
    "添付と通知書": stored_files,
    "控え": backups,
    "控えの場所": separate_disk,
    "監査記録": audit,
    "監査の検証点": checkpointed,
    "書体": fonts,
}
