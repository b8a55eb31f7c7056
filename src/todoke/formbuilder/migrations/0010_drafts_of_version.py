"""How many people are filling in a form is counted without reading what was submitted."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("formbuilder", "0009_long_media_types")]
    operations = [
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                fields=["version", "purpose", "status"], condition=models.Q(status="draft"), name="formbuilder_drafts"
            ),
        ),
    ]
