"""Cases of all times are sought along the index of their receipt, those with a letter to look after by the letter."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

INDEXES = (
    models.Index(
        fields=["department", "-received_at", "-id", "status", "search_name", "number"],
        name="cases_of_section_received",
    ),
    models.Index(
        fields=["-received_at", "-id", "department", "status", "search_name", "number"],
        name="cases_everywhere_received",
    ),
    models.Index(fields=["delivery", "department"], name="cases_delivery"),
)
BEFORE = ("cases_of_section_by_receipt", "cases_everywhere_by_receipt", "cases_by_delivery")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0018_letters_on_their_way")]
    operations = [
        *(AddIndexConcurrently(model_name="case", index=index) for index in INDEXES),
        *(migrations.RemoveIndex(model_name="case", name=name) for name in BEFORE),
    ]
