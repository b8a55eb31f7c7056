"""The index of openings ascends: where new rows come first, an index is half empty and takes twice as long to read."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("approvals", "0006_proposals_listed")]
    operations = [
        AddIndexConcurrently(
            model_name="proposal",
            index=models.Index(fields=["opened_at", "id", "number", "title", "department"], name="approvals_by_opening"),
        ),
        migrations.RemoveIndex(model_name="proposal", name="approvals_proposals_listed"),
    ]
