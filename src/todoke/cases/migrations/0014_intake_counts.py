"""Received cases counted by day, so that the figures of a year do not read every case."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_indexes_of_staff_pages"), ("offers", "0003_release_drafts")]

    operations = [
        migrations.CreateModel(
            name="IntakeCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_on", models.DateField(verbose_name="記録した日")),
                ("received_on", models.DateField(verbose_name="受付日")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "オンライン"),
                            ("counter", "窓口"),
                            ("post", "郵送"),
                            ("phone", "電話"),
                            ("national", "ぴったりサービス"),
                            ("partner", "ほかのシステム"),
                        ],
                        max_length=10,
                        verbose_name="受付経路",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="件数")),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offers.release",
                        verbose_name="公開版",
                    ),
                ),
            ],
            options={
                "verbose_name": "受付件数",
                "indexes": [
                    models.Index(fields=["received_on", "release", "channel", "number"], name="cases_intake_by_day"),
                    models.Index(fields=["release", "received_on", "channel", "number"], name="cases_intake_by_release"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recorded_on", "received_on", "release", "channel"),
                        name="cases_one_intake_count_of_a_kind",
                    )
                ],
            },
        ),
    ]
