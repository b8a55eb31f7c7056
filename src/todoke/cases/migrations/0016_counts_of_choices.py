"""An export can hold the numbers of each choice, with the departments over whose cases it counted."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    replaces = [("cases", "0020_counted_exports"), ("cases", "0021_departments_counted")]
    dependencies = [("cases", "0015_indexes_of_lists"), ("organization", "0003_personnel_role")]

    operations = [
        migrations.AddField(
            "answerexport", "query",
            models.TextField(blank=True, db_default="", default="", verbose_name="数える条件"),
        ),
        migrations.AlterField(
            "answerexport", "contents",
            models.CharField(
                choices=[("table", "回答の表"), ("papers", "添付書類"), ("counts", "選択肢ごとの件数")],
                default="table", max_length=10, verbose_name="中身",
            ),
        ),
        migrations.AddConstraint(
            "answerexport",
            models.CheckConstraint(
                condition=Q(query="") | Q(made_at__isnull=True, problem=""), name="cases_an_ended_count_keeps_no_query"
            ),
        ),
        migrations.AddField(
            "answerexport", "counted_in",
            models.ManyToManyField(blank=True, related_name="+", to="organization.department", verbose_name="数えた部署"),
        ),
        migrations.AddField(
            "answerexport", "lines", models.PositiveIntegerField(null=True, verbose_name="ファイルの行数"),
        ),
    ]  # fmt: skip
