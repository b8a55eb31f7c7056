"""A count notes the departments over whose cases it went, and the lines of its file."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0020_counted_exports'),
        ('organization', '0003_personnel_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='answerexport',
            name='counted_in',
            field=models.ManyToManyField(blank=True, related_name='+', to='organization.department', verbose_name='数えた部署'),
        ),
        migrations.AddField(
            model_name='answerexport',
            name='lines',
            field=models.PositiveIntegerField(null=True, verbose_name='件数の表の行数'),
        ),
    ]
