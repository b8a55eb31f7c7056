"""Mailed links; texts with links of the time before lose them, for they open nothing any more."""

from django.db import migrations, models
from django.db.models import Q

LINKS = ["draft-link", "file-link", "reconfirmation"]


def erase_links(apps, schema_editor):
    apps.get_model("notices", "Message").objects.filter(code__in=LINKS).update(body="")


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_message_secret_until")]

    operations = [
        migrations.CreateModel(
            name="MailedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=20, verbose_name="用途")),
                ("about", models.CharField(max_length=120, verbose_name="対象")),
                ("contact_hash", models.CharField(max_length=64, verbose_name="宛先の封印")),
                ("secret_hash", models.CharField(max_length=64, unique=True, verbose_name="合言葉の封印")),
                ("issued_at", models.DateTimeField(verbose_name="送った日時")),
                ("expires_at", models.DateTimeField(verbose_name="期限")),
                ("uses", models.PositiveIntegerField(default=0, verbose_name="使った回数")),
                ("used_at", models.DateTimeField(null=True, verbose_name="はじめて使った日時")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="終わった日時")),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "新しいリンクを送った"),
                            ("fulfilled", "用が済んだ"),
                            ("withdrawn", "取り消された"),
                            ("expired", "期限が過ぎた"),
                            ("unknown", "覚えのないリンク"),
                        ],
                        max_length=10,
                        verbose_name="終わったわけ",
                    ),
                ),
            ],
            options={
                "verbose_name": "送ったリンク",
                "indexes": [models.Index(fields=["about"], name="notices_link_by_object")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("ended_at", None)),
                        fields=("purpose", "about", "contact_hash"),
                        name="notices_one_live_link",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("ended_because", "")),
                            Q(("ended_at__isnull", False), Q(("ended_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="notices_link_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.RunPython(erase_links, migrations.RunPython.noop, elidable=True),
    ]
