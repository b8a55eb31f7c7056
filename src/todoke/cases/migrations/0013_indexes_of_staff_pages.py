"""Counts by assignee, and by release of a section, read no row: staff pages among 100,000 open cases."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0012_scanned_applications")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(fields=["assignee", "status", "department", "due_on", "id"], name="cases_by_assignment"),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(fields=["release", "department", "status"], name="cases_by_release"),
        ),
        migrations.RemoveIndex(model_name="case", name="cases_by_assignee"),
    ]
