"""止まったときの備え: whether there is something to read from, and whether a deposit waits for a person."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from todoke.continuity import offline_submissions
from todoke.continuity.health_checks import Check, Finding, danger, fine, notice
from todoke.continuity.models import Deposit
from todoke.runtime import read_only_mode, replica

NEWEST = timedelta(minutes=30)


def source() -> Finding:
    if connection.vendor == "postgresql" and not settings.STANDBY:
        return notice(
            "複製がないので、データベースが止まると画面も止まります", "複製を作り、TODOKE_STANDBY に書いてください。"
        )
    if connection.vendor == "sqlite" and not replica.copy_path().exists():
        return danger("参照専用の写しがまだありません", "ワーカーが動いているか確かめてください(10分ごとに取ります)。")
    with replica.use_replica() as copy:
        age = timezone.now() - replica.data_as_of(copy)
        if copy.vendor == "postgresql":
            with copy.cursor() as cursor:
                cursor.execute("SHOW transaction_read_only")
                if cursor.fetchone()[0] != "on":
                    return danger(
                        "参照専用の役割が書き込めます",
                        "deploy/postgresql/roles.sql の todoke_reader を使ってください。",
                    )
    minutes = age.total_seconds() / 60
    if age > NEWEST:
        return danger(
            f"参照専用で見せる内容が {minutes:.0f} 分前のものです", "複製かワーカーが動いているか確かめてください。"
        )
    return fine(f"参照専用で見せる内容は {minutes:.0f} 分前のものです")


def switch() -> Finding:
    if on := read_only_mode.manual_switch():
        return notice(f"参照専用です({on.reason})", "終わったら ./todoke readonly off を実行してください。")
    return fine("ふだんの動き方です")


def kept() -> Finding:
    waiting = len(offline_submissions.waiting())
    doubts = Deposit.objects.filter(outcome=Deposit.Outcome.TO_LOOK_AT, content__isnull=False).count()
    if waiting and read_only_mode.manual_switch() is None:
        return notice(
            f"取込みを待つ預りが {waiting} 件あります",
            "ワーカーを動かすか、./todoke readonly replay を実行してください。",
        )
    if doubts:
        return notice(
            f"職員の確認が必要な預りが {doubts} 件あります", "./todoke readonly replay で番号と理由を見てください。"
        )
    return fine("取込みを待つ預りはありません")


CHECKS: dict[str, Check] = {"読む先": source, "切替え": switch, "預り": kept}
