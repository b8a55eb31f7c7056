"""Proposals are listed and sought along the index of their order, and found by step and by absence along two more."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    replaces = [
        ("approvals", "0004_indexes_of_staff_pages"),
        ("approvals", "0005_steps_by_post"),
        ("approvals", "0006_proposals_listed"),
        ("approvals", "0007_ascending_openings"),
    ]
    dependencies = [("approvals", "0003_personnel_role")]

    operations = [
        AddIndexConcurrently(
            "proposal",
            models.Index(fields=["opened_at", "id", "number", "title", "department"], name="approvals_by_opening"),
        ),
        AddIndexConcurrently("step", models.Index(fields=["role", "department"], name="approvals_steps_by_post")),
        AddIndexConcurrently(
            "stepdecision",
            models.Index(
                condition=models.Q(capacity="absence", read_after_at__isnull=True),
                fields=["post"],
                name="approvals_unread_decisions",
            ),
        ),
    ]
