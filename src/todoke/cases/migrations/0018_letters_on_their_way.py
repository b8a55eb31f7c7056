"""Letters to post, posted and returned are listed along indexes that hold no others."""

from django.db import migrations, models
from django.db.models import Q

from todoke.runtime.database.concurrent_index import AddIndexConcurrently

TO_POST = Q(
    made_at__isnull=False, cancelled_at__isnull=True, opened_at__isnull=True, posted_at__isnull=True,
    batch__isnull=True,
)  # fmt: skip


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0017_cases_of_release")]

    operations = [
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(fields=["batch", "made_at"], condition=TO_POST, name="cases_letters_to_post"),
        ),
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(
                fields=["posted_at"], condition=Q(posted_at__isnull=False), name="cases_letters_posted"
            ),
        ),
        AddIndexConcurrently(
            model_name="letter",
            index=models.Index(
                fields=["returned_at"], condition=Q(returned_at__isnull=False), name="cases_letters_returned"
            ),
        ),
    ]
