from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace


def keep_only_hashes(apps, schema_editor):
    """A holder was an account or the hash of a resident's number; the account has a column of its own."""
    grants = apps.get_model("payments", "PointGrant").objects
    grants.filter(user__isnull=False).update(resident_hash="")
    grants.filter(user=None).update(resident_hash=Replace(F("resident_hash"), Value("resident:"), Value("")))


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_overpayment")]

    operations = [
        migrations.RemoveConstraint(model_name="pointgrant", name="payments_one_grant_per_person"),
        migrations.RenameField(model_name="pointgrant", old_name="holder", new_name="resident_hash"),
        migrations.RunPython(keep_only_hashes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="pointgrant",
            name="resident_hash",
            field=models.CharField(blank=True, max_length=40, verbose_name="宛名番号(読めない形)"),
        ),
        migrations.AddField(
            model_name="pointgrant",
            name="cancel_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="取消しの理由"),
        ),
        migrations.AddField(
            model_name="pointgrant",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="取り消した日時"),
        ),
        migrations.AddConstraint(
            model_name="pointgrant",
            constraint=models.UniqueConstraint(
                condition=Q(cancelled_at=None), fields=("program", "user"), name="payments_one_grant_per_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="pointgrant",
            constraint=models.UniqueConstraint(
                condition=Q(cancelled_at=None) & ~Q(resident_hash=""),
                fields=("program", "resident_hash"),
                name="payments_one_grant_per_resident",
            ),
        ),
        migrations.AddConstraint(
            model_name="pointgrant",
            constraint=models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(resident_hash=""), name="payments_grant_has_a_holder"
            ),
        ),
        migrations.AddConstraint(
            model_name="pointgrant",
            constraint=models.CheckConstraint(
                condition=Q(cancelled_at=None) | (Q(left=0) & ~Q(cancel_reason="")),
                name="payments_cancelled_with_reason",
            ),
        ),
    ]
