"""データベース: checks of durability, migrations, audit triggers, privileges, timeouts, checksums and clock."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from todoke.audit import data_export_triggers, durability, triggers
from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.cases.models import IntakeCount
from todoke.continuity.health_checks import Check, CheckResult, critical, ok, warning

CLOCK_SECONDS = 1.0
ARCHIVER = (
    "SELECT current_setting('archive_mode'), last_archived_time, last_failed_time, last_failed_wal "
    "FROM pg_stat_archiver"
)
TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def durability_settings() -> CheckResult:
    """Commits are synced to disk before they return."""
    if problems := durability.problems():
        return critical(
            "、".join(problems), "受け付けた申請を失うおそれがあります。データベースの設定を直してください。"
        )
    return ok("受け付けたものがディスクに書かれてから応答します")


def migrations() -> CheckResult:
    """No migration is pending."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return critical(
            f"行っていない移行が {len(waiting)} 件あります", "控えを取ってから ./todoke migrate を実行してください。"
        )
    return ok("表の形はプログラムと合っています")


def audit_triggers() -> CheckResult:
    """The triggers that make audit entries append-only are installed."""
    if not (triggers.are_installed(connection) and data_export_triggers.are_installed(connection)):
        return critical(
            "監査記録の書換えを防ぐ仕掛けが外れています",
            "./todoke audit で連鎖を確かめ、./todoke migrate をやり直してください。",
        )
    return ok("監査記録は、データベースが書換えを拒みます")


def booking_rules() -> CheckResult:
    """The database refuses overlapping bookings and changes to closed lottery lists."""
    if not (overlap_triggers.are_installed(connection) and closed_list_triggers.are_installed(connection)):
        return critical(
            "予約の重なりか、締め切った抽選の書換えを防ぐ仕掛けが外れています",
            "予約の受付を止め、./todoke verify bookings で重なりを確かめ、./todoke migrate をやり直してください。",
        )
    return ok("予約の重なりと、締め切った抽選の書換えは、データベースが拒みます")


def privileges() -> CheckResult:
    """The database role cannot remove the audit triggers; a SQLite file is not readable by others."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        if path.exists() and path.stat().st_mode & 0o004 and path.parent.stat().st_mode & 0o005:
            return critical(f"{path} をほかの利用者が読めます", f"chmod 700 {path.parent} を実行してください。")
        return ok("データベースのファイルは、ほかの利用者から読めません")
    if problems := triggers.problems_of_role(connection):
        return critical(
            f"{problems[0]}(監査記録を消せてしまいます)",
            "deploy/postgresql/owner.sql で持ち主を分け、TODOKE_DATABASE には役割 todoke を書いてください"
            "(docs/how-to/deploy.md「表の持ち主を分ける」)。",
        )
    return ok("つないでいる役割は、表の持ち主でも管理者でもありません")


def timeouts() -> CheckResult:
    """Statements, locks and idle transactions have a timeout."""
    if connection.vendor == "sqlite":
        return ok(f"ほかの書込みを {connection.settings_dict['OPTIONS']['timeout']} 秒まで待ちます")
    off = [name for name in TIMEOUTS if str(_ask(f"SHOW {name}")) == "0"]
    if off:
        return warning(
            f"{'、'.join(off)} に上限がありません", "ALTER ROLE … SET で上限を決めてください(docs/how-to/deploy.md)。"
        )
    return ok("長すぎる問合せと待ちは打ち切られます")


def checksums() -> CheckResult:
    """Data checksums are on; a SQLite file passes quick_check."""
    if connection.vendor == "sqlite":
        found = _ask("PRAGMA quick_check")
        return (
            ok("ファイルの構造に壊れはありません")
            if found == "ok"
            else critical(str(found)[:200], "控えから戻してください。")
        )
    if _ask("SHOW data_checksums") != "on":
        return warning("ページの照合値が無効です", "止められるときに pg_checksums --enable を実行してください。")
    return ok("ページの照合値が有効です")


def clock() -> CheckResult:
    """The database's clock differs by at most ``CLOCK_SECONDS`` seconds."""
    if connection.vendor == "sqlite":
        return ok("データベースは、この機械の時計で動きます")
    there = _ask("SELECT clock_timestamp()")
    gap = abs((datetime.now(UTC) - there).total_seconds()) if isinstance(there, datetime) else CLOCK_SECONDS + 1
    if gap > CLOCK_SECONDS:
        return critical(
            f"データベースの時計と {gap:.1f} 秒ずれています", "両方の機械で時刻合わせ(chrony など)を動かしてください。"
        )
    return ok(f"データベースの時計との差は {gap:.2f} 秒です")


def archive_state(
    mode: str, archived_at: datetime | None, failed_at: datetime | None, segment: str | None
) -> CheckResult:
    """Return what PostgreSQL's own record of its archiver says: whether finished WAL segments leave the machine."""
    if mode == "off":
        return warning(
            "書込みの記録(WAL)を外へ出していません。戻せるのは、控えを取った時刻だけです",
            "deploy/postgresql/todoke.conf の archive_mode と archive_command を設定してください。",
        )
    if failed_at and (archived_at is None or failed_at >= archived_at):
        return critical(
            f"書込みの記録(WAL)を外へ出せていません({segment})。たまり続けるとディスクが満杯になります",
            "archive_command の出し先のフォルダーがあり、利用者 postgres が書けるかを確かめてください。",
        )
    if archived_at is None:
        return warning(
            "書込みの記録(WAL)を、まだ一度も外へ出していません",
            "psql で SELECT pg_switch_wal() を実行し、もう一度点検してください。",
        )
    return ok("書込みの記録(WAL)は、外へ出ています")


def archiver() -> CheckResult:
    """Finished WAL segments reach the archive; a folder that nobody made is found."""
    if connection.vendor == "sqlite":
        return ok("1ファイルのデータベースです。戻せるのは、控えを取った時刻です")
    with connection.cursor() as cursor:
        cursor.execute(ARCHIVER)
        return archive_state(*cursor.fetchone())


def intake_counts() -> CheckResult:
    """The counts of days hold every case of those days."""
    if difference := IntakeCount.difference():
        return warning(
            f"日ごとの受付件数が、案件の数と {abs(difference):,} 件違います",
            "./todoke intake_counts で数え直してください。",
        )
    return ok("日ごとの受付件数は、案件の数と合っています")


CHECKS: dict[str, Check] = {
    "耐久性": durability_settings,
    "表の形": migrations,
    "監査の守り": audit_triggers,
    "予約の守り": booking_rules,
    "権限": privileges,
    "待ちの上限": timeouts,
    "壊れ": checksums,
    "時計": clock,
    "書込みの記録": archiver,
    "受付件数": intake_counts,
}
