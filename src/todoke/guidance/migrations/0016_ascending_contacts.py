"""The indexes of contacts ascend: where new rows come first, an index is half empty and takes twice as long to read."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

INDEXES = (
    models.Index(fields=["department", "started_at", "id"], name="guidance_of_section"),
    models.Index(fields=["department", "topic", "started_at", "id"], name="guidance_by_topic"),
)
BEFORE = ("guidance_contacts_of_section", "guidance_contacts_by_topic")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("guidance", "0015_contacts_by_topic")]
    operations = [
        *(AddIndexConcurrently(model_name="contact", index=index) for index in INDEXES),
        *(migrations.RemoveIndex(model_name="contact", name=name) for name in BEFORE),
    ]
