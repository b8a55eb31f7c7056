from django.db import migrations, models


class Migration(migrations.Migration):
    """The two tables of points stay as they are and belong to the room of points from now on."""

    dependencies = [("payments", "0006_day_close_sent_back")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="PointGrant"), migrations.DeleteModel(name="PointProgram")]
        ),
        migrations.AlterField(
            model_name="journal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assessed", "調定"),
                    ("cancelled", "調定取消"),
                    ("paid", "収納"),
                    ("overpaid", "過誤納"),
                    ("refunded", "還付"),
                    ("chargeback", "取消請求"),
                    ("payout", "入金"),
                    ("deposit", "現金の預入"),
                    ("taken_back", "収納取消"),
                    ("granted", "ポイント付与"),
                    ("spent", "ポイント利用"),
                    ("unspent", "ポイント利用取消"),
                    ("expired", "ポイント失効"),
                    ("settled", "ポイント精算"),
                    ("correction", "訂正"),
                ],
                max_length=12,
                verbose_name="種類",
            ),
        ),
    ]
