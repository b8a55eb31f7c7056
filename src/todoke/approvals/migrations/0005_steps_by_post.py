"""The steps of a post are found without reading all steps."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("approvals", "0004_indexes_of_staff_pages")]

    operations = [
        AddIndexConcurrently(
            model_name="step",
            index=models.Index(fields=["role", "department"], name="approvals_steps_by_post"),
        ),
    ]
