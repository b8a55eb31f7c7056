"""Proposals are sought along the index of their order, without reading those in which the words do not occur."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("approvals", "0005_steps_by_post")]
    operations = [
        AddIndexConcurrently(
            model_name="proposal",
            index=models.Index(fields=["-opened_at", "-id", "number", "title", "department"], name="approvals_proposals_listed"),
        ),
        migrations.RemoveIndex(model_name="proposal", name="approvals_proposal_opened"),
    ]
