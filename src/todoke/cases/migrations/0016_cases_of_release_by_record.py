"""The cases of a release recorded since a day: what a figure adds to the counts of days, without reading all of them."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0015_indexes_of_open_cases")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(fields=["release", "recorded_at"], name="cases_of_release_by_record"),
        ),
    ]
