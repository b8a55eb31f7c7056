"""Triggers 見張り: the database refuses to update, delete or truncate audit entries (append-only).

A database owner can drop them; ``problems_of_role`` tells whether the connected role could.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.audit.append_only_triggers import AppendOnlyTriggers

_ENTRIES = AppendOnlyTriggers("audit_entry", "audit entries are append-only")
install, uninstall, are_installed = _ENTRIES.install, _ENTRIES.uninstall, _ENTRIES.are_installed
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


def problems_of_role(connection: BaseDatabaseWrapper) -> list[str]:
    """Return, in Japanese, each power of the connected role to remove the triggers; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        return [problem for problem, held in zip(_POWERS, cursor.fetchone(), strict=True) if held]
