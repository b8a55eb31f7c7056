"""The index of what people used holds all that the funnel counts, so that it reads no row of other days."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("insights", "0009_certificates")]

    operations = [
        AddIndexConcurrently(
            model_name="useevent",
            index=models.Index(fields=["offer", "on", "step", "channel"], name="insights_use_of_offer_by_day"),
        ),
        migrations.RemoveIndex(model_name="useevent", name="insights_use_by_day"),
    ]
