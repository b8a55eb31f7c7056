"""An export can hold the numbers of each choice; the conditions of a count are kept until it ends."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0019_searched_cases'),
        ('formbuilder', '0010_drafts_of_version'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='answerexport',
            name='query',
            field=models.TextField(blank=True, db_default='', default='', verbose_name='数える条件'),
        ),
        migrations.AlterField(
            model_name='answerexport',
            name='contents',
            field=models.CharField(choices=[('table', '回答の表'), ('papers', '添付書類'), ('counts', '選択肢ごとの件数')], default='table', max_length=10, verbose_name='中身'),
        ),
        migrations.AddConstraint(
            model_name='answerexport',
            constraint=models.CheckConstraint(condition=models.Q(('query', ''), models.Q(('made_at__isnull', True), ('problem', '')), _connector='OR'), name='cases_an_ended_count_keeps_no_query'),
        ),
    ]
