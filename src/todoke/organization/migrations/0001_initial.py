
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='部署コード')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='電話番号')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organization.department', verbose_name='上位の部署')),
            ],
            options={
                'verbose_name': '部署',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=50, verbose_name='職名')),
                ('role', models.CharField(choices=[('clerk', '担当'), ('chief', '課長'), ('director', '部長'), ('mayor', '区長'), ('designer', '手続設計担当'), ('headquarters', 'DX推進本部事務局'), ('records', '文書法規担当'), ('treasurer', '会計担当'), ('auditor', '監査担当'), ('administrator', 'システム管理担当')], max_length=20, verbose_name='役割')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organization.department', verbose_name='部署')),
            ],
            options={
                'verbose_name': '職位',
                'ordering': ['department__code', 'pk'],
            "constraints": [models.UniqueConstraint(fields=('department', 'title'), name='organization_one_post_per_title')],},
        ),
        migrations.CreateModel(
            name='Tenure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='着任日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='離任日')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to='organization.post', verbose_name='職位')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tenures', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': '在任',
                'ordering': ['starts_on', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='organization_tenure_ends_after_it_starts')],},
        ),
    ]
