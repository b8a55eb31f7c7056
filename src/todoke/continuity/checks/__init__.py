"""点検項目: the health checks by subject; each function returns one CheckResult."""

from todoke.continuity.checks import configuration, database, outage, storage, work
from todoke.continuity.health_checks import Check

GROUPS: dict[str, dict[str, Check]] = {
    "設定と入口": configuration.CHECKS,
    "データベース": database.CHECKS,
    "ワーカーと通知": work.CHECKS,
    "添付・控え・監査": storage.CHECKS,
    "止まったときの備え": outage.CHECKS,
}

__all__ = ["GROUPS"]
