
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import todoke.flows.models.survey
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='呼び名')),
                ('story', models.TextField(max_length=1000, verbose_name='人物像')),
            ],
            options={
                'verbose_name': 'ペルソナ',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ExperienceSurvey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SlugField(default=todoke.flows.models.survey._number, max_length=20, unique=True, verbose_name='番号')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('scenario', models.TextField(max_length=1000, verbose_name='場面')),
                ('walked_on', models.DateField(verbose_name='調査日')),
                ('before', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='after', to='flows.experiencesurvey', verbose_name='前回の調査')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
            ],
            options={
                'verbose_name': '窓口体験調査',
                'ordering': ['-walked_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExperienceStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='番目')),
                ('name', models.CharField(max_length=120, verbose_name='したこと')),
                ('minutes', models.PositiveSmallIntegerField(default=0, verbose_name='かかった分')),
                ('wait', models.PositiveSmallIntegerField(default=0, verbose_name='待った分')),
                ('name_writes', models.PositiveSmallIntegerField(default=0, verbose_name='氏名を書いた回数')),
                ('feeling', models.PositiveSmallIntegerField(choices=[(1, 'とても困った'), (2, '困った'), (3, 'ふつう'), (4, 'よかった'), (5, 'とてもよかった')], default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='気持ち')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='気づいたこと')),
                ('photo', models.FileField(blank=True, upload_to='surveys/', validators=[django.core.validators.FileExtensionValidator(['jpg', 'jpeg', 'png', 'webp'])], verbose_name='写真')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='flows.experiencesurvey', verbose_name='調査')),
            ],
            options={
                'verbose_name': '体験の記録',
                'ordering': ['survey', 'place'],
            "constraints": [models.UniqueConstraint(fields=('survey', 'place'), name='flows_one_experience_per_place'),models.CheckConstraint(condition=models.Q(('feeling__range', (1, 5))), name='flows_a_feeling_is_one_to_five')],},
        ),
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SlugField(max_length=20, unique=True, verbose_name='番号')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('kind', models.CharField(choices=[('as-is', '現状'), ('to-be', '見直し案')], default='as-is', max_length=10, verbose_name='区分')),
                ('document', models.JSONField(verbose_name='文書')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='保存の回数')),
                ('edited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='最後に保存')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organization.department', verbose_name='部署')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存した人')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='flows.flow', verbose_name='もとの現状')),
            ],
            options={
                'verbose_name': '業務フロー',
                'ordering': ['-edited_at', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'as-is'), ('origin', None)), models.Q(('kind', 'to-be'), ('origin__isnull', False)), _connector='OR'), name='flows_only_a_to_be_has_an_origin')],},
        ),
        migrations.AddField(
            model_name='experiencesurvey',
            name='flow',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='flows.flow', verbose_name='業務フロー'),
        ),
        migrations.CreateModel(
            name='FlowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('document', models.JSONField(verbose_name='文書')),
                ('hash', models.CharField(max_length=64, verbose_name='照合値')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='メモ')),
                ('frozen_at', models.DateTimeField(auto_now_add=True, verbose_name='確定日時')),
                ('flow', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='flows.flow', verbose_name='業務フロー')),
                ('frozen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確定した人')),
            ],
            options={
                'verbose_name': '業務フローの版',
                'ordering': ['flow', 'number'],
            "constraints": [models.UniqueConstraint(fields=('flow', 'number'), name='flows_one_version_per_number')],},
        ),
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SlugField(default=todoke.flows.models.survey._number, max_length=20, unique=True, verbose_name='番号')),
                ('text', models.CharField(max_length=300, verbose_name='課題')),
                ('due', models.DateField(verbose_name='期限')),
                ('status', models.CharField(choices=[('open', '取組中'), ('done', '済み')], default='open', max_length=10, verbose_name='状態')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='済んだ日時')),
                ('result', models.CharField(blank=True, max_length=300, verbose_name='したこと')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.post', verbose_name='担当')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='improvements', to='flows.experiencestep', verbose_name='体験の記録')),
            ],
            options={
                'verbose_name': '改善の課題',
                'ordering': ['due', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('status', 'open')), models.Q(('settled_at__isnull', False), ('status', 'done')), _connector='OR'), name='flows_a_done_improvement_has_its_time')],},
        ),
        migrations.AddField(
            model_name='experiencesurvey',
            name='persona',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='flows.persona', verbose_name='ペルソナ'),
        ),
    ]
