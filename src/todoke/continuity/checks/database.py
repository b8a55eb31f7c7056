"""データベース: durability, schema, guards, clock."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from todoke.audit import durability
from todoke.continuity.health_checks import Check, Finding, danger, fine, notice

CLOCK_SECONDS = 1.0
TIMEOUTS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


def _ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row[0] if row else None


def durable() -> Finding:
    if problems := durability.problems():
        return danger("、".join(problems), "受け付けた申請を失うおそれがあります。データベースの設定を直してください。")
    return fine("受け付けたものがディスクに書かれてから応答します")


def schema() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return danger(
            f"行っていない移行が {len(waiting)} 件あります", "控えを取ってから ./todoke migrate を実行してください。"
        )
    return fine("表の形はプログラムと合っています")


def guard() -> Finding:
    if connection.vendor == "sqlite":
        count = _ask("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry_no_%'")
        whole = count == 2
    else:
        whole = (
            _ask("SELECT COUNT(*) FROM pg_trigger WHERE tgname = 'audit_entry_append_only' AND tgenabled = 'O'") == 1
        )
    if not whole:
        return danger(
            "監査記録の書換えを防ぐ仕掛けが外れています",
            "./todoke audit で連鎖を確かめ、./todoke migrate をやり直してください。",
        )
    return fine("監査記録は、データベースが書換えを拒みます")


def privileges() -> Finding:
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        if path.exists() and path.stat().st_mode & 0o004 and path.parent.stat().st_mode & 0o005:
            return danger(f"{path} をほかの利用者が読めます", f"chmod 700 {path.parent} を実行してください。")
        return fine("データベースのファイルは、ほかの利用者から読めません")
    if _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        return notice(
            "データベースの管理者の役割でつないでいます",
            "docs/how-to/deploy.md の役割を作り、TODOKE_DATABASE に書いてください。",
        )
    return fine("データベースの管理者ではない役割でつないでいます")


def limits() -> Finding:
    if connection.vendor == "sqlite":
        return fine(f"ほかの書込みを {connection.settings_dict['OPTIONS']['timeout']} 秒まで待ちます")
    off = [name for name in TIMEOUTS if str(_ask(f"SHOW {name}")) == "0"]
    if off:
        return notice(
            f"{'、'.join(off)} に上限がありません", "ALTER ROLE … SET で上限を決めてください(docs/how-to/deploy.md)。"
        )
    return fine("長すぎる問合せと待ちは打ち切られます")


def checksums() -> Finding:
    if connection.vendor == "sqlite":
        found = _ask("PRAGMA quick_check")
        return (
            fine("ファイルの構造に壊れはありません")
            if found == "ok"
            else danger(str(found)[:200], "控えから戻してください。")
        )
    if _ask("SHOW data_checksums") != "on":
        return notice("ページの照合値が無効です", "止められるときに pg_checksums --enable を実行してください。")
    return fine("ページの照合値が有効です")


def clock() -> Finding:
    if connection.vendor == "sqlite":
        return fine("データベースは、この機械の時計で動きます")
    there = _ask("SELECT clock_timestamp()")
    gap = abs((datetime.now(UTC) - there).total_seconds()) if isinstance(there, datetime) else CLOCK_SECONDS + 1
    if gap > CLOCK_SECONDS:
        return danger(
            f"データベースの時計と {gap:.1f} 秒ずれています", "両方の機械で時刻合わせ(chrony など)を動かしてください。"
        )
    return fine(f"データベースの時計との差は {gap:.2f} 秒です")


CHECKS: dict[str, Check] = {
    "耐久性": durable,
    "表の形": schema,
    "監査の守り": guard,
    "権限": privileges,
    "待ちの上限": limits,
    "壊れ": checksums,
    "時計": clock,
}
