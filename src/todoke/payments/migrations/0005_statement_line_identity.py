from collections import Counter

from django.db import migrations, models

SOURCES = [("till", "窓口レジ"), ("agent", "決済事業者・端末"), ("bank", "銀行")]


def number_equal_lines(apps, schema_editor):
    """Lines that are there already stay counted: equal ones get an ordinal each, in the order in which they came."""
    seen = Counter()
    lines = apps.get_model("payments", "StatementLine").objects.select_related("statement").order_by("pk")
    for line in lines.iterator():
        line.source = line.statement.source
        key = (line.source, line.kind, line.reference, line.day, line.yen)
        seen[key] += 1
        line.ordinal = seen[key]
        line.save(update_fields=["source", "ordinal"])


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_grant_by_both_numbers")]

    operations = [
        migrations.AddField(
            model_name="statement",
            name="left_out",
            field=models.TextField(blank=True, verbose_name="取り込まなかったもの"),
        ),
        migrations.AddField(
            model_name="statementline",
            name="source",
            field=models.CharField(choices=SOURCES, default="", max_length=10, verbose_name="出どころ"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="statementline",
            name="ordinal",
            field=models.PositiveIntegerField(default=1, verbose_name="同じ行の何番目"),
        ),
        migrations.RunPython(number_equal_lines, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("source", "kind", "reference", "day", "yen", "ordinal"),
                name="payments_one_line_is_counted_once",
            ),
        ),
    ]
