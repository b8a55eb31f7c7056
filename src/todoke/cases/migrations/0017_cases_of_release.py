"""The cases of a release in the orders of the table of answers, with what is sought there: no row is read to pass it by."""

from django.db import migrations, models

from todoke.runtime.database.concurrent_index import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0016_cases_of_release_by_record")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["release", "-received_at", "-id", "department", "status", "assignee", "search_name", "number"],
                name="cases_of_release_by_receipt",
            ),
        ),
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                fields=["release", "applicant_kana", "id", "department", "status"], name="cases_of_release_by_kana"
            ),
        ),
    ]
