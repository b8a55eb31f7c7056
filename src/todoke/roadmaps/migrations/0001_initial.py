
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
        ('procedures', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Roadmap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='計画コード')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('starts_on', models.DateField(help_text='四半期の初日(4月・7月・10月・1月の1日)', verbose_name='初日')),
                ('quarters', models.PositiveSmallIntegerField(default=12, verbose_name='四半期の数')),
                ('month_cost', models.PositiveIntegerField(blank=True, null=True, verbose_name='1人月の費用(円)')),
                ('drawn_at', models.DateTimeField(blank=True, null=True, verbose_name='組んだ日時')),
                ('relieved', models.FloatField(blank=True, null=True, verbose_name='なくなる負担(分)')),
                ('bound', models.FloatField(blank=True, null=True, verbose_name='なくせる負担の上限(分)')),
                ('greedy', models.FloatField(blank=True, null=True, verbose_name='単純な順でなくなる負担(分)')),
                ('seconds', models.FloatField(blank=True, null=True, verbose_name='組むのにかかった秒数')),
                ('drawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='組んだ人')),
                ('shared_section', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='共通で支える部署')),
            ],
            options={
                'verbose_name': '導入計画',
                'ordering': ['-starts_on', 'code'],
            "constraints": [models.CheckConstraint(condition=models.Q(('starts_on__day', 1), ('starts_on__month__in', [1, 4, 7, 10])), name='roadmaps_roadmap_starts_a_quarter'),models.CheckConstraint(condition=models.Q(('quarters__gte', 1), ('quarters__lte', 24)), name='roadmaps_roadmap_has_quarters')],},
        ),
        migrations.CreateModel(
            name='Precondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('kind', models.CharField(choices=[('ordinance', '条例・規則の改正'), ('system', 'システムの改修'), ('other', 'そのほか')], max_length=10, verbose_name='種類')),
                ('ready_on', models.DateField(verbose_name='整う日')),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='preconditions', to='roadmaps.roadmap', verbose_name='導入計画')),
            ],
            options={
                'verbose_name': '前提',
                'ordering': ['roadmap', 'ready_on', 'title'],
            "constraints": [models.UniqueConstraint(fields=('roadmap', 'title'), name='roadmaps_one_precondition_per_title')],},
        ),
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='四半期(0から)')),
                ('staff_months', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='人月')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='部署')),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='capacities', to='roadmaps.roadmap', verbose_name='導入計画')),
            ],
            options={
                'verbose_name': '投入できる人月',
                'ordering': ['roadmap', 'department__code', 'quarter'],
            "constraints": [models.UniqueConstraint(fields=('roadmap', 'department', 'quarter'), name='roadmaps_one_capacity_a_quarter'),models.CheckConstraint(condition=models.Q(('staff_months__gte', 0)), name='roadmaps_capacity_is_not_negative')],},
        ),
        migrations.CreateModel(
            name='RoadmapItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effort', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='所管部署の人月')),
                ('shared_effort', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='共通で支える部署の人月')),
                ('length', models.PositiveSmallIntegerField(default=1, verbose_name='かかる四半期の数')),
                ('burden', models.PositiveBigIntegerField(verbose_name='1年の負担(分)')),
                ('pinned', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='固定した四半期(0から)')),
                ('excluded_at', models.DateTimeField(blank=True, null=True, verbose_name='外した日時')),
                ('exclusion', models.CharField(blank=True, max_length=200, verbose_name='外した理由')),
                ('quarter', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='着手する四半期(0から)')),
                ('after', models.ManyToManyField(blank=True, related_name='+', to='roadmaps.roadmapitem', verbose_name='先に要る手続')),
                ('preconditions', models.ManyToManyField(blank=True, related_name='items', to='roadmaps.precondition', verbose_name='前提')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roadmap_items', to='procedures.procedure', verbose_name='手続')),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='roadmaps.roadmap', verbose_name='導入計画')),
            ],
            options={
                'verbose_name': '計画の手続',
                'ordering': ['roadmap', 'quarter', '-burden'],
            "constraints": [models.UniqueConstraint(fields=('roadmap', 'procedure'), name='roadmaps_one_item_per_procedure'),models.CheckConstraint(condition=models.Q(('effort__gt', 0), ('length__gte', 1), ('shared_effort__gte', 0)), name='roadmaps_item_takes_something'),models.CheckConstraint(condition=models.Q(('excluded_at__isnull', True), models.Q(models.Q(('exclusion', ''), _negated=True), ('quarter__isnull', True)), _connector='OR'), name='roadmaps_excluded_item_says_why'),models.CheckConstraint(condition=models.Q(('pinned__isnull', True), ('excluded_at__isnull', True), _connector='OR'), name='roadmaps_item_pinned_or_excluded')],},
        ),
        migrations.CreateModel(
            name='Scenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='名称')),
                ('burden', models.FloatField(verbose_name='負担の大きさ')),
                ('feasibility', models.FloatField(verbose_name='進めやすさ')),
                ('reach', models.FloatField(verbose_name='助かる人の広さ')),
                ('cost', models.FloatField(verbose_name='手間の少なさ')),
                ('saved_at', models.DateTimeField(auto_now_add=True, verbose_name='残した日時')),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='残した人')),
            ],
            options={
                'verbose_name': '重みの案',
                'ordering': ['saved_at', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('burden__gte', 0), ('cost__gte', 0), ('feasibility__gte', 0), ('reach__gte', 0), models.Q(('burden__gt', 0), ('feasibility__gt', 0), ('reach__gt', 0), ('cost__gt', 0), _connector='OR')), name='roadmaps_scenario_weighs_something')],},
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('1', '検討'), ('2', '決定'), ('3', '着手'), ('4', 'テスト'), ('5', '公開')], max_length=1, verbose_name='段階')),
                ('planned_on', models.DateField(blank=True, null=True, verbose_name='予定日')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                ('owner', models.CharField(blank=True, max_length=60, verbose_name='担当')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stages', to='roadmaps.roadmapitem', verbose_name='計画の手続')),
            ],
            options={
                'verbose_name': '段階',
                'ordering': ['item', 'name'],
            "constraints": [models.UniqueConstraint(fields=('item', 'name'), name='roadmaps_one_row_per_stage'),models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('owner', ''), _negated=True), _connector='OR'), name='roadmaps_done_stage_has_an_owner')],},
        ),
    ]
