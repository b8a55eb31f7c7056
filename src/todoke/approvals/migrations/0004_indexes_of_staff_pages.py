"""The newest proposals, and what was decided in somebody's absence, are found without reading all proposals."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("approvals", "0003_personnel_role")]

    operations = [
        AddIndexConcurrently(
            model_name="proposal",
            index=models.Index(fields=["-opened_at", "-id"], name="approvals_proposal_opened"),
        ),
        AddIndexConcurrently(
            model_name="stepdecision",
            index=models.Index(
                condition=models.Q(capacity="absence", read_after_at__isnull=True),
                fields=["post"],
                name="approvals_unread_decisions",
            ),
        ),
    ]
