"""What a database holds, in a form that two of them can be compared in: columns, rules, indexes, triggers and rows."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

Description = dict[str, list[str]]
OF_THE_HISTORY = {"django_migrations", "runtime_installedbuild", "sqlite_sequence", "guidance_vocabularyversion"}
"""Tables that tell when something was done, and how often; the version of the vocabulary is random."""
NAME = re.compile(r"(CREATE (?:UNIQUE )?INDEX) \S+")
POSTGRESQL = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, character_maximum_length, column_default,
        is_identity FROM information_schema.columns WHERE table_schema = 'public'""",
    "rules": """SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": """SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        AND prokind = 'f' AND probin IS NULL""",
    "names of rules": r"""SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        AND contype IN ('c', 'x') AND conname NOT LIKE '%\_check'""",
}


def parts(text: str) -> Iterator[str]:
    """Yield what stands between the commas of a table's definition, brackets and quotations kept whole."""
    depth, quoted, part = 0, "", ""
    for letter in text:
        if quoted or letter in "'\"":
            quoted = "" if letter == quoted else (quoted or letter)
        else:
            depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quoted:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def of_sqlite(file: Path) -> Description:
    with sqlite3.connect(file) as link:
        found: Description = {}
        for kind, name, sql in link.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
            if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
                found[f"table {name}"] = sorted(parts(sql[sql.index("(") + 1 : sql.rindex(")")]))
                columns = sorted(row[1] for row in link.execute(f'PRAGMA table_info("{name}")'))
                found[f"rows {name}"] = _rows(link, name, columns)
            else:
                found.setdefault(kind, []).append(NAME.sub(r"\1", sql))
    link.close()
    return _in_order(found)


def of_postgresql(address: str) -> Description:
    with psycopg.connect(address) as link:
        found = {
            kind: [NAME.sub(r"\1", str(row)) for row in link.execute(asked.encode())]
            for kind, asked in POSTGRESQL.items()
        }
        tables = dict[str, list[str]]()
        for table, column in link.execute(
            b"SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ):
            tables.setdefault(table, []).append(column)
        found |= {f"rows {table}": _rows(link, table, sorted(columns)) for table, columns in tables.items()}
    return _in_order(found)


def _rows(link: Any, table: str, columns: list[str]) -> list[str]:
    named = ", ".join(f'"{column}"' for column in columns)
    return [str(row) for row in link.execute(f'SELECT {named} FROM "{table}"')]


def _in_order(found: Description) -> Description:
    return {key: sorted(lines) for key, lines in found.items() if key.removeprefix("rows ") not in OF_THE_HISTORY}
