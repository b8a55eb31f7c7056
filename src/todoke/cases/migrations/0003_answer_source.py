from django.db import migrations
from django.db.models import Exists, OuterRef, Subquery


def fill(apps, schema_editor):
    """Tell the answers of agents, of the counter and of earlier applications from the applicants' own."""
    answers = apps.get_model("formbuilder", "Answer").objects
    drafts = apps.get_model("cases", "Draft").objects
    reused = apps.get_model("cases", "ReusedAnswer").objects
    own = answers.filter(source="resident")
    own.filter(submission__in=drafts.exclude(channel="web").values("submission")).update(
        source="counter", written_by=Subquery(drafts.filter(submission=OuterRef("submission")).values("entered_by")[:1])
    )
    own.filter(submission__in=drafts.filter(representation__isnull=False).values("submission")).update(source="agent")
    place = {"question": OuterRef("question"), "row": OuterRef("row")}
    copies = reused.filter(**place, draft__submission=OuterRef("submission")).annotate(
        same=Exists(
            answers.filter(
                submission=OuterRef("source__submission"),
                question=OuterRef("question"),
                row=OuterRef("row"),
                value=OuterRef(OuterRef("value")),
            )
        )
    )
    own.filter(Exists(copies.filter(same=True))).update(source="prefill")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_letter_batch_left_out"), ("formbuilder", "0003_answer_source_backfill")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
