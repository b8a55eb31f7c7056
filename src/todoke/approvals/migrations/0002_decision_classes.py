from collections.abc import Callable
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def rename_key(old: str, new: str) -> Callable[[Any, Any], None]:
    """Return a step that renames the key under which drafts hold their decision classes."""

    def rename(apps: Any, schema_editor: Any) -> None:
        drafts = apps.get_model("approvals", "RouteDraft").objects
        for pk, document in drafts.values_list("pk", "document"):
            if old in document:
                drafts.filter(pk=pk).update(document={new: document.pop(old), **document})

    return rename


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("branch", "approvals_one_branch_per_position"),
        migrations.RemoveConstraint("branch", "approvals_branch_amounts_in_order"),
        migrations.RenameModel("Branch", "DecisionClass"),
        migrations.RenameField("proposal", "branch", "decision_class"),
        migrations.RenameField("stop", "branch", "decision_class"),
        migrations.AlterField(
            model_name="decisionclass",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_classes",
                to="approvals.routeversion",
                verbose_name="版",
            ),
        ),
        migrations.AlterModelOptions(
            name="stop",
            options={"ordering": ["decision_class", "position", "pk"], "verbose_name": "経由職位"},
        ),
        migrations.AddConstraint(
            "decisionclass",
            models.UniqueConstraint(fields=["version", "position"], name="approvals_one_decision_class_per_position"),
        ),
        migrations.AddConstraint(
            "decisionclass",
            models.CheckConstraint(
                condition=Q(above__isnull=True) | Q(up_to__isnull=True) | Q(up_to__gt=F("above")),
                name="approvals_decision_class_amounts_in_order",
            ),
        ),
        migrations.RunPython(rename_key("branches", "decision_classes"), rename_key("decision_classes", "branches")),
    ]
