
import django.db.models.deletion
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
            name='CardCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, verbose_name='団体コード')),
                ('prefecture', models.CharField(max_length=10, verbose_name='都道府県')),
                ('municipality', models.CharField(max_length=40, verbose_name='市区町村')),
                ('counted_on', models.DateField(verbose_name='交付枚数の基準日')),
                ('population_on', models.DateField(verbose_name='人口の基準日')),
                ('population', models.PositiveIntegerField(verbose_name='人口')),
                ('issued', models.PositiveIntegerField(verbose_name='交付枚数')),
            ],
            options={
                'verbose_name': 'カード交付状況',
                'ordering': ['code', 'counted_on'],
                'constraints': [models.UniqueConstraint(fields=('code', 'counted_on'), name='plans_one_count_per_day'), models.CheckConstraint(condition=models.Q(('population__gt', 0)), name='plans_population_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='記号')),
                ('title', models.CharField(max_length=150, verbose_name='施策名')),
                ('outline', models.TextField(blank=True, verbose_name='内容')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='organization.department', verbose_name='担当部署')),
            ],
            options={
                'verbose_name': '施策',
                'ordering': ['strategy__position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='記号')),
                ('name', models.CharField(max_length=150, verbose_name='指標名')),
                ('numerator', models.CharField(blank=True, max_length=200, verbose_name='分子')),
                ('denominator', models.CharField(blank=True, max_length=200, verbose_name='分母')),
                ('basis', models.CharField(blank=True, max_length=100, verbose_name='基準日')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='出典')),
                ('unit', models.CharField(choices=[('percent', '%'), ('count', '件'), ('hours', '時間'), ('sheets', '枚'), ('systems', '業務')], default='percent', max_length=10, verbose_name='単位')),
                ('direction', models.CharField(choices=[('up', '高いほどよい'), ('down', '低いほどよい')], default='up', max_length=5, verbose_name='向き')),
                ('own_figure', models.CharField(blank=True, choices=[('procedures', '手続の数でみた割合'), ('possible', 'オンライン化できる手続でみた割合'), ('volume', '件数でみた割合'), ('phone', 'スマートフォンで使える割合')], max_length=20, verbose_name='自動で数える割合')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='plans.measure', verbose_name='施策')),
            ],
            options={
                'verbose_name': '指標',
                'ordering': ['measure', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PeerFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.CharField(max_length=40, verbose_name='自治体')),
                ('figure', models.CharField(choices=[('procedures', '手続の数でみた割合'), ('possible', 'オンライン化できる手続でみた割合'), ('volume', '件数でみた割合'), ('phone', 'スマートフォンで使える割合')], max_length=20, verbose_name='割合の種類')),
                ('period', models.CharField(max_length=40, verbose_name='期間')),
                ('on', models.DateField(verbose_name='基準日')),
                ('numerator', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='分子')),
                ('denominator', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='分母')),
                ('value', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='値(%)')),
                ('meaning', models.CharField(max_length=200, verbose_name='その自治体の定義')),
                ('source', models.CharField(max_length=300, verbose_name='出典')),
                ('copied_on', models.DateField(verbose_name='写した日')),
            ],
            options={
                'verbose_name': '他自治体の数値',
                'ordering': ['figure', 'municipality', '-on'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'figure', 'on'), name='plans_one_peer_figure_per_day'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 100)), name='plans_a_peer_figure_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('meaning', ''), _negated=True)), name='plans_a_peer_figure_has_source_and_meaning')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='記号')),
                ('title', models.CharField(max_length=150, verbose_name='計画名')),
                ('starts_on', models.DateField(verbose_name='始期')),
                ('ends_on', models.DateField(verbose_name='終期')),
                ('aim', models.TextField(blank=True, verbose_name='ねらい')),
                ('status', models.CharField(choices=[('draft', '策定中'), ('published', '公表'), ('closed', '総括済み')], default='draft', max_length=10, verbose_name='状態')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公表日時')),
                ('closing_words', models.TextField(blank=True, verbose_name='総括の所見')),
                ('predecessor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='plans.plan', verbose_name='前の計画')),
            ],
            options={
                'verbose_name': '計画',
                'ordering': ['-starts_on', 'code'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='plans_plan_ends_after_it_starts', violation_error_message='終期は、始期より後の日にしてください。'),models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), models.Q(('closing_words', ''), _negated=True), _connector='OR'), name='plans_closed_with_words')],},
        ),
        migrations.AddField(
            model_name='measure',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='plans.plan', verbose_name='計画'),
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='順')),
                ('title', models.CharField(max_length=150, verbose_name='柱の名称')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategies', to='plans.plan', verbose_name='計画')),
            ],
            options={
                'verbose_name': '柱',
                'ordering': ['plan', 'position'],
            "constraints": [models.UniqueConstraint(fields=('plan', 'position'), name='plans_one_strategy_per_position')],},
        ),
        migrations.AddField(
            model_name='measure',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='plans.strategy', verbose_name='柱'),
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveIntegerField(verbose_name='年度')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='目標値')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='plans.indicator', verbose_name='指標')),
            ],
            options={
                'verbose_name': '目標値',
                'ordering': ['indicator', 'fiscal_year'],
            "constraints": [models.UniqueConstraint(fields=('indicator', 'fiscal_year'), name='plans_one_target_per_year')],},
        ),
        migrations.CreateModel(
            name='Actual',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='基準日')),
                ('numerator', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='分子')),
                ('denominator', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='分母')),
                ('denominator_on', models.DateField(blank=True, null=True, verbose_name='分母の基準日')),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='実績値')),
                ('missing_reason', models.CharField(blank=True, max_length=200, verbose_name='値がない理由')),
                ('source', models.CharField(max_length=200, verbose_name='出典')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='記録した人')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actuals', to='plans.indicator', verbose_name='指標')),
            ],
            options={
                'verbose_name': '実績値',
                'ordering': ['indicator', 'on'],
                'constraints': [models.UniqueConstraint(fields=('indicator', 'on'), name='plans_one_actual_per_day'), models.CheckConstraint(condition=models.Q(models.Q(('missing_reason', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('missing_reason', ''), _negated=True)), _connector='OR'), name='plans_a_missing_value_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='到達すること')),
                ('due_on', models.DateField(verbose_name='期限')),
                ('reached_on', models.DateField(blank=True, null=True, verbose_name='到達日')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='根拠')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='plans.measure', verbose_name='施策')),
            ],
            options={
                'verbose_name': 'マイルストーン',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reached_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='plans_reached_with_evidence', violation_error_message='到達日を書くときは、根拠も書いてください。')],
            },
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='plans_one_measure_per_code'),
        ),
    ]
