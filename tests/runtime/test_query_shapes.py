"""A run on PostgreSQL asks each kind of statement that any test asked of SQLite, and leaves out what repeats."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.models import Count

from tests.cast.query_shapes import Asked, ShapeLog, cover, needless, read, shape_of
from todoke.accounts.models import User
from todoke.organization.models import Department

FEW = (
    'SELECT "a"."id", "a"."name" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE "a"."id" IN (%s, %s) LIMIT 21'
)
ONE = FEW.replace('"a"."id", ', "").replace("IN (%s, %s) LIMIT 21", '= %s ORDER BY "a"."id" ASC')


def test_plain_statements_of_the_same_tables_are_alike() -> None:
    assert shape_of(FEW) == shape_of(ONE) == "SELECT a b"
    assert shape_of('UPDATE "a" SET "x" = %s WHERE "a"."id" = %s') == "UPDATE a"
    assert shape_of('INSERT INTO "a" ("x", "y") VALUES (%s, %s), (%s, %s) RETURNING "a"."id"') == "INSERT a"
    assert shape_of('SELECT COUNT(*) AS "__count" FROM "a" WHERE "a"."x" IS NOT NULL') == "SELECT a"
    assert shape_of('SAVEPOINT "s1_x1"') == shape_of('RELEASE SAVEPOINT "s1_x2"')


@pytest.mark.parametrize(
    "other",
    [
        FEW + " FOR UPDATE",
        FEW.replace("IN (%s, %s)", "LIKE %s"),
        FEW.replace("LIMIT", "GROUP BY 1 LIMIT"),
        FEW.replace('"a"."name"', 'LOWER("a"."name")'),
        FEW.replace("IN (%s, %s)", "IN (SELECT MAX(U0.\"id\") FROM \"c\" U0)"),
        'UPDATE "a" SET "x" = ("a"."x" + %s)',
        'INSERT INTO "a" ("x") VALUES (%s) ON CONFLICT DO NOTHING',
    ],
)  # fmt: skip
def test_whatever_databases_may_understand_in_their_own_way_keeps_its_text(other: str) -> None:
    assert shape_of(other) not in {shape_of(FEW), "UPDATE a", "INSERT a"}
    assert shape_of(other) == shape_of(other.replace("21", "50"))


def test_every_shape_is_asked_by_as_little_work_as_possible() -> None:
    tests = {
        "long, asks all": Asked(10, frozenset("abc")),
        "short, asks two": Asked(0.1, frozenset("ab")),
        "short, asks the third": Asked(0.1, frozenset("c")),
        "short, repeats": Asked(0.1, frozenset("a")),
    }
    assert cover(tests, set()) == {"short, asks two", "short, asks the third"}
    assert cover(tests, {"short, repeats"}) == {"short, repeats", "short, asks two", "short, asks the third"}
    assert cover(tests, {"long, asks all"}) == {"long, asks all"}
    assert cover({}, {"nobody recorded it"}) == {"nobody recorded it"}


@pytest.mark.django_db
def test_what_a_test_asks_is_written_and_read_again(tmp_path: Path) -> None:
    log = ShapeLog(tmp_path)
    with log.recorded("plain"):
        list(User.objects.filter(is_active=True))
    with log.recorded("counted"):
        list(Department.objects.values("parent").annotate(Count("pk")))
    with log.recorded("refused"), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    log.write()
    kept = read(tmp_path)
    assert kept["plain"].shapes == {"SELECT accounts_user"}
    assert [shape for shape in kept["counted"].shapes if "GROUP BY" in shape]
    assert "failed: SELECT nothing FROM nowhere" in kept["refused"].shapes


def test_a_test_that_nobody_recorded_and_one_that_commits_are_never_left_out(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    here = request.node
    assert needless([here], tmp_path) == set()
    log = ShapeLog(tmp_path)
    log.tests[here.nodeid] = Asked(1, frozenset())
    log.write()
    assert needless([here], tmp_path) == {here.nodeid}
    here.add_marker(pytest.mark.django_db(transaction=True))
    assert needless([here], tmp_path) == set()
