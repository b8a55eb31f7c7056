"""Upgrade 入替え: the tables of an installation that people use are brought to this release, or left as they were.

Back up, open the backup, show pages without writing, migrate all at once past the pooler and without time limits, look,
and write again. A failure before the end leaves the release in use serving on the tables that it knows.
"""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.continuity import backup, sqlite_copy, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.checks import database
from todoke.continuity.health_checks import CheckState
from todoke.runtime import read_only_mode
from todoke.runtime.build_identity import RELEASE, build_identity, newest_build
from todoke.runtime.database import schema_changes, schema_upgrade
from todoke.runtime.models import InstalledBuild

REASON = "新しい版への入れ替え"
LOCK = 0x746F646F6B65
CHECKED = (database.migrations, database.audit_triggers)
Say = Callable[[str], object]


class UpgradeRefused(Exception):
    """Nothing was changed: what is missing, or what the release in use could not live with (入替えの拒否)."""


class UpgradeFailed(Exception):
    """The upgrade was called off after it had begun; the message says what serves now (入替えの失敗)."""


def run(*, say: Say, restart: str = "", rehearse: bool = False) -> None:
    """Upgrade this installation. ``restart`` is a command that starts servers and workers anew, run before writing.

    ``rehearse`` only says what would be done. Raises UpgradeRefused, UpgradeFailed.
    """
    executor = MigrationExecutor(connection)
    plan, before = schema_upgrade.pending(executor), newest_build()
    if before is None:
        raise UpgradeRefused("この環境は、まだ動いたことがありません。はじめての一度は ./todoke migrate です。")
    if not plan and before.build == build_identity() and before.completed_at:
        say("もう、この版です。何もしませんでした。")
        return
    returns = _look_ahead(executor, plan, say)
    if rehearse:
        return
    with _alone():
        stamp = _back_up(say)
        say(f"控え {stamp} を取り、開いて確かめました。")
        with _read_only(say):
            _migrate(executor, plan, say, returns=returns)
            if restart:
                _restart(restart, say)
    record = InstalledBuild.objects.order_by("-pk")[0]
    log.record(record, "版の入替え", by=System("入替え"), after={"版": RELEASE, "控え": stamp})
    say(f"版 {RELEASE}(照合値 {build_identity()})に入れ替えました。")
    if not restart:
        say("いま動いているサーバーとワーカーは前の版です。すべての機械で起動し直してください。")


def _look_ahead(executor: MigrationExecutor, plan: schema_upgrade.Plan, say: Say) -> bool:
    """Say what the plan does; return whether the release in use can go on after it. Raises UpgradeRefused."""
    found = list(schema_changes.contractions(plan, schema_upgrade.state_of(executor)))
    installed = schema_upgrade.installed_release()
    if refused := schema_changes.refused(found, installed):
        told = "\n".join(f"  {it.migration}: {it.what}" for it in refused[:10])
        wanted = max((it.unused_since for it in refused), key=schema_changes.release_number) or "一つ前の版"
        raise UpgradeRefused(
            f"いまの版({installed or '記録なし'})が使っている列や表を消す移行があります。"
            f"先に {wanted} に入れ替えてください。\n{told}"
        )
    unfilled = schema_changes.without_way_back(plan)
    say(f"移行 {len(plan)} 件(版 {installed or '記録なし'} から {RELEASE} へ)。")
    if unfilled:
        say(f"終わったあとは、前の版に戻せません({'、'.join(unfilled[:5])})。戻すときは、控えからです。")
    return not unfilled


def _back_up(say: Say) -> str:
    """Take a backup and open its dump; return its name. Raises UpgradeRefused."""
    if settings.BACKUPS is None or not settings.BACKUP_KEY_FILE.exists():
        raise UpgradeRefused(
            "控えの置き場(TODOKE_BACKUPS)と鍵(./todoke backup --new-key)を決めてください。控えなしでは入れ替えません。"
        )
    repository = BackupRepository(settings.BACKUPS, stream_encryption.read_key(settings.BACKUP_KEY_FILE))
    manifest = backup.create(repository)
    for _ in repository.content(manifest.database):
        pass
    for problem in manifest.problems[:5]:
        say(f"注意: {problem}")
    return manifest.stamp


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of upgrades of this database; it goes with the connection. Raises UpgradeRefused."""
    if read_only_mode.manual_switch() is not None:
        raise UpgradeRefused("参照専用です。わけを確かめ、./todoke readonly off を実行してから始めてください。")
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise UpgradeRefused("ほかの機械で入れ替えをしています。終わるのを待ってください。")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _read_only(say: Say) -> Iterator[None]:
    """Show pages without writing meanwhile; write again whatever happens."""
    sqlite_copy.refresh()
    read_only_mode.switch_on(since=timezone.now(), reason=REASON)
    say("参照専用にしました。")
    try:
        yield
    finally:
        read_only_mode.switch_off()
        say("参照専用を終えました。")


def _migrate(executor: MigrationExecutor, plan: schema_upgrade.Plan, say: Say, *, returns: bool) -> None:
    """Migrate and look. Raises UpgradeFailed; the release in use goes on unless it cannot fill what was added."""
    previous, release, changed = schema_upgrade.build_in_use(), schema_upgrade.installed_release(), False
    schema_upgrade.announce()
    try:
        schema_upgrade.apply(executor, plan, say=say)
        changed = True
        call_command("migrate", verbosity=0)
        _check()
    except Exception as problem:
        told = f"{type(problem).__name__}: {str(problem)[:500]}"
        if changed and not returns:
            raise UpgradeFailed(
                f"移行は終わりましたが、確かめで問題が見つかりました。前の版は動きません。直すか、控えから戻してください。\n{told}"
            ) from problem
        schema_upgrade.withdraw(previous, release)
        raise UpgradeFailed(
            f"入れ替えを取りやめました。前の版が、そのまま動いています。何も失われていません。\n{told}"
        ) from problem


def _check() -> None:
    """Ask the checks of the database, and read every table once as this release knows it. Raises UpgradeFailed."""
    for check in CHECKED:
        result = check()
        if result.state is CheckState.CRITICAL:
            raise UpgradeFailed(result.seen)
    for model in apps.get_models():
        if model._meta.managed:
            model._base_manager.first()


def _restart(command: str, say: Say) -> None:
    done = subprocess.run(command, shell=True, check=False)  # noqa: S602 - the operator's own words
    if done.returncode:
        say(f"起動し直せませんでした(終了コード {done.returncode})。すべての機械で起動し直してください: {command}")
