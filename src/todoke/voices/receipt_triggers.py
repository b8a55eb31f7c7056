"""Receipt triggers 受付の凍結: the database keeps the words and times of an arrival until its sender is erased."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

TABLE, NAME = "voices_commentreceipt", "voices_commentreceipt_frozen"
MESSAGE = "the words and times of an arrival are never changed"
TIMES = ("consultation_id", "sequence", "channel", "sent_at", "arrived_at", "postmark", "postmarked_on", "stamped_on",
         "delivered_on", "night_box", "recorded_at")  # fmt: skip
_ERASED = "(SELECT erased_at FROM voices_consultation WHERE id = NEW.consultation_id) IS NOT NULL"


def _changed(differs: str) -> str:
    times = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in TIMES)
    return f"{times} OR (NEW.text {differs} OLD.text AND NOT {_ERASED})"


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the trigger; idempotent."""
    if connection.vendor == "sqlite":
        execute_all(connection, [
            f"CREATE TRIGGER IF NOT EXISTS {NAME} BEFORE UPDATE ON {TABLE} WHEN {_changed('IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        ])  # fmt: skip
        return
    execute_all(connection, [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ])  # fmt: skip


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the trigger, for a reversed migration."""
    on = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    execute_all(connection, [f"DROP TRIGGER IF EXISTS {NAME}{on}"])
