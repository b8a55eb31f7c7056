from django.db import migrations, models

from todoke.cases.models.sought import SoughtField, sought_of

AT_ONCE = 5_000


def fill(apps, schema_editor):
    rows = apps.get_model("cases", "Case").objects.order_by("pk").values_list("pk", "applicant_name", "applicant_kana")
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while block := list(rows.filter(pk__gt=last)[:AT_ONCE]):
            found = [(sought_of(name, kana), pk) for pk, name, kana in block]
            cursor.executemany("UPDATE cases_case SET sought = %s WHERE id = %s", found)
            last = block[-1][0]


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_held_mail")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="sought",
            field=SoughtField(
                blank=True, default="", editable=False, max_length=400, verbose_name="探すための氏名"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["department", "sought", "due_on", "id"], name="cases_by_person"),
        ),
    ]
