"""The index of matters holds all that the figures count: 200,000 matters without reading a row of them."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("guidance", "0012_faq_procedure")]

    operations = [
        AddIndexConcurrently(
            model_name="contactthread",
            index=models.Index(
                fields=[
                    "month", "topic", "silent_from", "second_at", "first_outcome", "first_time", "contacts", "handed"
                ],
                name="guidance_thread_figures",
            ),  # fmt: skip
        ),
        migrations.RemoveIndex(model_name="contactthread", name="guidance_thread_month"),
    ]
