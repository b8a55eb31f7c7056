"""Grant triggers 付与の見張り: every new grant is of a person of the list and of that person's one holder and account.

With the unique rows of a programme for person and account this makes one grant a person, whatever the way.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from todoke.runtime.database.ddl import execute_all

_GRANTS, _NAME = "payments_pointgrant", "payments_pointgrant_of_one_person"
_FITS = (
    "EXISTS (SELECT 1 FROM points_eligibleperson p, points_pointholder h "
    "WHERE p.id = NEW.eligible_id AND h.id = NEW.holder_id AND p.program_id = NEW.program_id "
    "AND p.person_key = NEW.resident_hash AND h.person_key = p.person_key {same_account})"
)
_SAID = "a grant is of one person of the list, with the account of that person or none"

_INSTALLATION = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {_NAME} BEFORE INSERT ON {_GRANTS} "
        f"WHEN NOT {_FITS.format(same_account='AND (NEW.user_id IS NULL OR NEW.user_id IS h.user_id)')} "
        f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT {_FITS.format(same_account='AND (NEW.user_id IS NULL OR NEW.user_id = h.user_id)')} "
        f"THEN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {_NAME} BEFORE INSERT ON {_GRANTS} FOR EACH ROW EXECUTE FUNCTION {_NAME}()",
    ],
}
_REMOVAL = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_NAME}"],
    "postgresql": [f"DROP TRIGGER IF EXISTS {_NAME} ON {_GRANTS}"],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Install the trigger; idempotent."""
    execute_all(connection, _INSTALLATION[connection.vendor])


def uninstall(connection: BaseDatabaseWrapper) -> None:
    """Remove the trigger, for a reversed migration and for a planted fault."""
    execute_all(connection, _REMOVAL[connection.vendor])
