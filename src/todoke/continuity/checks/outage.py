"""止まったときの備え: checks of the replica, the read-only switch, and offline submissions that wait."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from todoke.continuity import offline_submissions
from todoke.continuity.health_checks import Check, CheckResult, critical, ok, warning
from todoke.continuity.models import Deposit, RecoveryCheck
from todoke.runtime import read_only_mode, replica

NEWEST = timedelta(minutes=30)
OPENED_WITHIN, DRILLED_WITHIN = timedelta(days=14), timedelta(days=366)


def replica_freshness() -> CheckResult:
    """A read-only copy exists and is at most 30 minutes old."""
    if connection.vendor == "postgresql" and not settings.STANDBY:
        return warning(
            "複製がないので、データベースが止まると画面も止まります", "複製を作り、TODOKE_STANDBY に書いてください。"
        )
    if connection.vendor == "sqlite" and not replica.copy_path().exists():
        return critical(
            "参照専用の写しがまだありません", "ワーカーが動いているか確かめてください(10分ごとに取ります)。"
        )
    with replica.use_replica() as copy:
        age = timezone.now() - replica.data_as_of(copy)
        if copy.vendor == "postgresql":
            with copy.cursor() as cursor:
                cursor.execute("SHOW transaction_read_only")
                if cursor.fetchone()[0] != "on":
                    return critical(
                        "参照専用の役割が書き込めます",
                        "deploy/postgresql/roles.sql の todoke_reader を使ってください。",
                    )
    minutes = age.total_seconds() / 60
    if age > NEWEST:
        return critical(
            f"参照専用で見せる内容が {minutes:.0f} 分前のものです", "複製かワーカーが動いているか確かめてください。"
        )
    return ok(f"参照専用で見せる内容は {minutes:.0f} 分前のものです")


def read_only_switch() -> CheckResult:
    """Read-only mode is not switched on."""
    if on := read_only_mode.manual_switch():
        return warning(f"参照専用です({on.reason})", "終わったら ./todoke readonly off を実行してください。")
    return ok("ふだんの動き方です")


def pending_submissions() -> CheckResult:
    """No offline submission waits for replay or for a person."""
    waiting = offline_submissions.count_pending()
    doubts = Deposit.objects.filter(outcome=Deposit.Outcome.TO_LOOK_AT, content__isnull=False).count()
    if waiting and read_only_mode.manual_switch() is None:
        return warning(
            f"取込みを待つ預りが {waiting} 件あります",
            "ワーカーを動かすか、./todoke readonly replay を実行してください。",
        )
    if doubts:
        return warning(
            f"職員の確認が必要な預りが {doubts} 件あります", "./todoke readonly replay で番号と理由を見てください。"
        )
    return ok("取込みを待つ預りはありません")


def _recovery(kind: RecoveryCheck.Kind, within: timedelta, command: str) -> CheckResult:
    last = RecoveryCheck.objects.filter(kind=kind).first()
    name = kind.label
    if last is None:
        return warning(f"{name}の記録がありません", f"{command} を実行してください。")
    days = (timezone.now() - last.at).days
    if last.outcome == RecoveryCheck.Outcome.FAILED:
        return critical(
            f"{days} 日前の{name}に問題がありました({last.summary})", f"直して、{command} をもう一度実行してください。"
        )
    if timezone.now() - last.at > within:
        return warning(f"{name}は {days} 日前です", f"{command} を実行してください。")
    return ok(f"{name}は {days} 日前に良好でした({last.summary})")


def backup_opened() -> CheckResult:
    """A backup was opened whole within 14 days, with success."""
    return _recovery(RecoveryCheck.Kind.BACKUP, OPENED_WITHIN, "./todoke restore --check")


def drilled() -> CheckResult:
    """An outage was drilled within a year, with success."""
    return _recovery(RecoveryCheck.Kind.DRILL, DRILLED_WITHIN, "./todoke drill")


CHECKS: dict[str, Check] = {"読む先": replica_freshness, "切替え": read_only_switch, "預り": pending_submissions,
    "控えの点検": backup_opened, "停止の訓練": drilled}  # fmt: skip
