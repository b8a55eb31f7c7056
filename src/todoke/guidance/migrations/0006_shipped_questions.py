"""The ways in which people ask come with the product, where staff wrote none."""

from django.db import migrations

from todoke.guidance import seed_data
from todoke.guidance.shipped_data import shipped


def ship(apps, schema_editor):
    asked = shipped("asked")
    name, referral = apps.get_model("guidance", "PlainName"), apps.get_model("guidance", "Referral")
    seed_data.add_missing(name, "title", shipped("plain_names"))
    for model in (name, referral):
        for row in model.objects.filter(title__in=asked, asked=""):
            model.objects.filter(pk=row.pk).update(asked=asked[row.title])


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_asked")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
