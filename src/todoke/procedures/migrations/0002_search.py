"""The index of words: FTS5 on SQLite, tsvector on PostgreSQL, under one name."""

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE procedures_words USING fts5(words, tokenize='unicode61 remove_diacritics 0')",
    ],
    "postgresql": [
        "CREATE TABLE procedures_words (rowid bigint PRIMARY KEY REFERENCES procedures_procedure (id) "
        "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, words tsvector NOT NULL)",
        "CREATE INDEX procedures_words_gin ON procedures_words USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE procedures_words")


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
