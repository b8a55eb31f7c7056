from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_class_fees"),
    ]

    operations = [
        migrations.AddField(
            model_name="timetable",
            name="closed_days",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="休館日の定め"),
        ),
    ]
