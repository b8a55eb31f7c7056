"""Triggers 見張り: database triggers that refuse to update, delete or truncate audit entries.

A database owner can drop them; ``problems_of_role`` tells whether the connected role could.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "audit entries are append-only"
_INSTALLATION = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        for act in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$",
        "CREATE OR REPLACE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()",
        "CREATE OR REPLACE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()",
    ],
}

_REMOVAL = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_entry_no_{act}" for act in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS audit_entry_{name} ON audit_entry" for name in ("append_only", "no_truncate")
    ],
}


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_INSTALLED = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry_no_%'",
    "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND tgenabled = 'O' "
    "AND tgname IN ('audit_entry_append_only', 'audit_entry_no_truncate')",
}
_ROLE = """
    SELECT rolsuper,
           pg_has_role(current_user, relowner, 'MEMBER'),
           has_table_privilege(current_user, 'audit_entry', 'TRUNCATE')
             OR has_table_privilege(current_user, 'audit_entry', 'TRIGGER'),
           pg_has_role(current_user, nspowner, 'MEMBER')
    FROM pg_roles, pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE rolname = current_user AND pg_class.oid = 'audit_entry'::regclass
"""
_POWERS = (
    "データベースの管理者の役割でつないでいます",
    "監査記録の表の持ち主の役割でつないでいます",
    "監査記録を空にする権利か、見張りを付け替える権利があります",
    "表を置く場所(スキーマ)の持ち主の役割でつないでいます",
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    _execute(connection, _INSTALLATION[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration."""
    _execute(connection, _REMOVAL[connection.vendor])


def are_installed(connection: BaseDatabaseWrapper) -> bool:
    """Whether every trigger is there and switched on."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        return bool(cursor.fetchone()[0] == 2)


def problems_of_role(connection: BaseDatabaseWrapper) -> list[str]:
    """Return, in Japanese, each power of the connected role to remove the triggers; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        return [problem for problem, held in zip(_POWERS, cursor.fetchone(), strict=True) if held]
