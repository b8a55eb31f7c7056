"""Whether pages of procedures are complete is asked of indexes, without reading the rows."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

INDEXES = (
    models.Index(
        fields=["department", "serial", "kind", "abolished_on", "fee", "online_since"], name="procedures_of_section"
    ),
    models.Index(fields=["id"], condition=models.Q(deadline__gt=""), name="procedures_with_deadline"),
    models.Index(fields=["id"], condition=models.Q(fee_note__gt=""), name="procedures_with_fee_note"),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("procedures", "0007_readings")]
    operations = [AddIndexConcurrently(model_name="procedure", index=index) for index in INDEXES]
