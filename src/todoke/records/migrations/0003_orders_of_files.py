"""The files of a section are listed and searched along indexes that hold what every order and the words need."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

ORDERS = {
    "records_of_section_closed": ["department", "-closed_on", "-number", "status", "kind"],
    "records_of_section_by_number": ["department", "number", "status", "kind"],
    "records_of_section_by_kind": ["department", "kind", "number", "status"],
    "records_of_section_by_expiry": ["department", "expires_on", "number", "status", "kind"],
}


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("records", "0002_files_of_section_by_close")]

    operations = [
        *(
            AddIndexConcurrently(model_name="recordfile", index=models.Index(fields=fields, name=name))
            for name, fields in ORDERS.items()
        ),
        migrations.RemoveIndex(model_name="recordfile", name="records_of_section_by_close"),
    ]
