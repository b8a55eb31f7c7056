"""The newest contacts of a section are found without sorting all of them."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("guidance", "0013_thread_figures")]

    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=models.Index(fields=["department", "-started_at", "-id"], name="guidance_contacts_of_section"),
        ),
    ]
