import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BASIS = "文書管理規程(初期設定)"
NEEDED = (("SHOBUN", "申請に対する処分"), ("KIAN", "起案・決裁"))


def into_the_first_version(apps, schema_editor):
    line = apps.get_model("records", "Classification")
    if not line.objects.exists():
        return
    table = apps.get_model("records", "ClassificationTable").objects.create(
        number=1, starts_on=datetime.date(1900, 1, 1), basis=BASIS
    )
    line.objects.update(table=table)
    for code, name in NEEDED:
        line.objects.get_or_create(code=code, defaults={"table": table, "name": name, "years": 5, "basis": BASIS})
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the index that follows waits for no pending check


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassificationTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="版")),
                ("starts_on", models.DateField(unique=True, verbose_name="適用開始日")),
                ("basis", models.CharField(max_length=200, verbose_name="根拠規程")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="公開日時")),
            ],
            options={"verbose_name": "文書分類表の版", "ordering": ["number"]},
        ),
        migrations.AddField(
            model_name="classification",
            name="table",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="records.classificationtable",
                verbose_name="文書分類表の版",
            ),
        ),
        migrations.AddField(
            model_name="classification",
            name="matter",
            field=models.CharField(blank=True, max_length=40, verbose_name="綴る件名の種類"),
        ),
        migrations.RunPython(into_the_first_version, migrations.RunPython.noop),
    ]
