from django.db import migrations

from todoke.cases.models.letter import person_key


def compare_anew(apps, schema_editor):
    flags = apps.get_model("cases", "StopFlag").objects
    for pk, name in flags.values_list("pk", "name"):
        flags.filter(pk=pk).update(key=person_key(name))


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_sought_by_any_spelling")]
    operations = [migrations.RunPython(compare_anew, migrations.RunPython.noop)]
