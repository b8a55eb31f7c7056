"""Settlement triggers 精算の見張り: parts above a use, a second settlement, a changed amount are refused."""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

_PARTS, _USES = "points_redemptionpart", "points_redemption"
_SUM = (
    f"(SELECT COALESCE(SUM(points), 0) FROM {_PARTS} WHERE redemption_id = NEW.redemption_id) + NEW.points > "  # noqa: S608
    f"(SELECT points FROM {_USES} WHERE id = NEW.redemption_id)"
)
_KEPT = ("merchant_id", "holder_id", "key", "points", "day")
_ONCE = ("settlement_id", "cancel_settlement_id", "cancelled_on")
_TOO_MUCH, _FROZEN = "the parts of a use are more than the use", "a use is never changed and settled once"


def _changed(differs: str) -> str:
    kept = [f"NEW.{name} {differs} OLD.{name}" for name in _KEPT]
    once = [f"(OLD.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in _ONCE]
    return " OR ".join([*kept, *once])


_INSTALLATION = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {_PARTS}_within BEFORE INSERT ON {_PARTS} WHEN {_SUM} "
        f"BEGIN SELECT RAISE(ABORT, '{_TOO_MUCH}'); END",
        f"CREATE TRIGGER IF NOT EXISTS {_USES}_frozen BEFORE UPDATE ON {_USES} WHEN {_changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END",
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {_PARTS}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_SUM} THEN RAISE EXCEPTION '{_TOO_MUCH}'; END IF; RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {_PARTS}_within BEFORE INSERT ON {_PARTS} "
        f"FOR EACH ROW EXECUTE FUNCTION {_PARTS}_refuse()",
        f"CREATE OR REPLACE FUNCTION {_USES}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION '{_FROZEN}'; END IF; RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {_USES}_frozen BEFORE UPDATE ON {_USES} "
        f"FOR EACH ROW EXECUTE FUNCTION {_USES}_refuse()",
    ],
}
_REMOVAL = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_PARTS}_within", f"DROP TRIGGER IF EXISTS {_USES}_frozen"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {_PARTS}_within ON {_PARTS}",
        f"DROP TRIGGER IF EXISTS {_USES}_frozen ON {_USES}",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the triggers; idempotent."""
    execute_all(connection, _INSTALLATION[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers, for a reversed migration and for a planted fault."""
    execute_all(connection, _REMOVAL[connection.vendor])
