"""The files of a section are listed along an index, newest first, without sorting all of them."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            model_name="recordfile",
            index=models.Index(
                fields=["department", "-closed_on", "-number", "status"], name="records_of_section_by_close"
            ),
        ),
    ]
