from django.db import migrations
from django.db.models import F, Sum

from todoke.points import settlement_triggers


def install(apps, schema_editor):
    settlement_triggers.install(schema_editor.connection)


def uninstall(apps, schema_editor):
    settlement_triggers.uninstall(schema_editor.connection)


def carry_earlier_grants(apps, schema_editor):
    """Programmes of before know what they granted, and ended grants how much of them was never used."""
    grants, journals = apps.get_model("points", "PointGrant").objects, apps.get_model("payments", "Journal").objects
    for program in apps.get_model("points", "PointProgram").objects.all():
        total = grants.filter(program=program, cancelled_at=None).aggregate(total=Sum("points"))["total"]
        program.committed_yen = total or 0
        program.save(update_fields=["committed_yen"])
    for grant in grants.filter(expired_on__isnull=False).iterator():
        ended = journals.filter(about=grant.number, kind="expired", lines__yen__gt=0)
        grants.filter(pk=grant.pk).update(expired_points=ended.aggregate(total=Sum(F("lines__yen")))["total"] or 0)


class Migration(migrations.Migration):
    dependencies = [("points", "0002_cards_shops_settlements")]
    operations = [
        migrations.RunPython(install, uninstall),
        migrations.RunPython(carry_earlier_grants, migrations.RunPython.noop, elidable=True),
    ]
