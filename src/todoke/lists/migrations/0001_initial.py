
import django.db.models.deletion
import todoke.lists.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.lists.models.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('list_name', models.CharField(max_length=40, verbose_name='一覧')),
                ('name', models.CharField(max_length=30, verbose_name='名前')),
                ('query', models.CharField(max_length=1000, verbose_name='条件')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': '保存した絞り込み',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('user', 'list_name', 'name'), name='lists_one_saved_view_per_name')],
            },
        ),
    ]
