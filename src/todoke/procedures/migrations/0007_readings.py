"""The index of words gains the readings of compound nouns: every text is indexed again."""

from django.db import migrations

from todoke.procedures.models import text_index


def index_again(apps, schema_editor):
    texts = apps.get_model("procedures", "Procedure").objects.values("pk", *text_index.FIELDS)
    text_index.index_texts([(row["pk"], text_index.indexed_text(row)) for row in texts])


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_flow_links")]
    operations = [migrations.RunPython(index_again, migrations.RunPython.noop, elidable=True)]
