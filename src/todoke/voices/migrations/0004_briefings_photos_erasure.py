"""Briefings, photos of ideas, the erasure of senders, and receipts that the database keeps as they came."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from todoke.voices import receipt_triggers


def install(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    receipt_triggers.install(schema_editor.connection)


def uninstall(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    receipt_triggers.uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("voices", "0003_register_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="Briefing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="始まりの日時")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="会場")),
                ("online_address", models.URLField(blank=True, max_length=300, verbose_name="オンラインのアドレス")),
                ("capacity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="定員")),
                ("sign_language", models.BooleanField(default=False, verbose_name="手話通訳がある")),
                (
                    "material",
                    models.FileField(blank=True, max_length=200, upload_to="briefings/%Y/", verbose_name="資料"),
                ),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="説明会の記録")),
            ],
            options={
                "verbose_name": "説明会",
                "ordering": ["consultation", "starts_at"],
            },
        ),
        migrations.AddField(
            model_name="consultation",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="提出者の情報を消した日時"),
        ),
        migrations.AddField(
            model_name="consultationrule",
            name="retention_years",
            field=models.PositiveSmallIntegerField(db_default=5, default=5, verbose_name="提出者の情報を残す年数"),
        ),
        migrations.AddField(
            model_name="idea",
            name="photo",
            field=models.FileField(
                blank=True, db_default="", max_length=200, upload_to="ideas/%Y/", verbose_name="写真"
            ),
        ),
        migrations.AddField(
            model_name="idea",
            name="photo_words",
            field=models.CharField(blank=True, db_default="", max_length=200, verbose_name="写真の説明"),
        ),
        migrations.AddConstraint(
            model_name="idea",
            constraint=models.CheckConstraint(
                condition=models.Q(("photo", ""), models.Q(("photo_words", ""), _negated=True), _connector="OR"),
                name="voices_a_photo_is_told_in_words",
            ),
        ),
        migrations.AddField(
            model_name="briefing",
            name="consultation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="briefings",
                to="voices.consultation",
                verbose_name="意見募集",
            ),
        ),
        migrations.AddField(
            model_name="commentreceipt",
            name="briefing",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipts",
                to="voices.briefing",
                verbose_name="説明会",
            ),
        ),
        migrations.AddConstraint(
            model_name="briefing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("online_address", ""), _negated=True),
                    _connector="OR",
                ),
                name="voices_a_briefing_is_somewhere",
                violation_error_message="会場か、オンラインのアドレスを書いてください。",
            ),
        ),
        migrations.AddConstraint(
            model_name="briefing",
            constraint=models.UniqueConstraint(
                fields=("consultation", "starts_at", "place"), name="voices_one_briefing_each"
            ),
        ),
        migrations.RunPython(install, uninstall),
    ]
