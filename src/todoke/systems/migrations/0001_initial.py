
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
        ('procedures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dependency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strength', models.CharField(choices=[('stops', '止まる'), ('partial', '一部できる'), ('elsewhere', '別の方法でできる')], default='stops', max_length=10, verbose_name='停止したとき')),
                ('alternative', models.CharField(blank=True, max_length=200, verbose_name='代わりの方法')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dependencies', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': 'システムへの依存',
                'ordering': ['system', 'procedure'],
            },
        ),
        migrations.CreateModel(
            name='InformationSystem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='システム番号')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='名称')),
                ('vendor', models.CharField(blank=True, max_length=100, verbose_name='事業者')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='稼働開始日')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='最終利用日')),
                ('decision', models.CharField(choices=[('keep', '継続'), ('replace', '更改'), ('retire', '廃止')], default='keep', max_length=10, verbose_name='今後の扱い')),
                ('decision_reason', models.CharField(blank=True, max_length=300, verbose_name='扱いの理由')),
                ('read_only_server', models.CharField(blank=True, max_length=200, verbose_name='停止時の代替(参照用サーバなど)')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='systems', to='organization.department', verbose_name='所管部署')),
                ('procedures', models.ManyToManyField(related_name='systems', through='systems.Dependency', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '情報システム',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='障害番号')),
                ('title', models.CharField(max_length=150, verbose_name='件名')),
                ('detected_at', models.DateTimeField(verbose_name='検知日時')),
                ('detected_by', models.CharField(blank=True, max_length=100, verbose_name='検知のしかた')),
                ('symptoms', models.TextField(verbose_name='事象')),
                ('affected_estimate', models.PositiveIntegerField(blank=True, null=True, verbose_name='影響した人数(推計)')),
                ('estimate_basis', models.CharField(blank=True, max_length=200, verbose_name='推計の根拠')),
                ('affected_actual', models.PositiveIntegerField(blank=True, null=True, verbose_name='影響した人数(実数)')),
                ('actual_basis', models.CharField(blank=True, max_length=200, verbose_name='実数の根拠')),
                ('direct_cause', models.TextField(blank=True, verbose_name='直接の原因')),
                ('root_cause', models.TextField(blank=True, verbose_name='根本の原因')),
                ('status', models.CharField(choices=[('investigating', '調査中'), ('closed', '終結')], default='investigating', max_length=15, verbose_name='状態')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='終結日時')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '障害',
                'ordering': ['-detected_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('status', 'investigating'), models.Q(models.Q(('direct_cause', ''), _negated=True), models.Q(('root_cause', ''), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='systems_closed_with_both_causes'),models.CheckConstraint(condition=models.Q(('affected_actual__isnull', True), models.Q(('actual_basis', ''), _negated=True), _connector='OR'), name='systems_an_actual_has_its_basis')],},
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveIntegerField(verbose_name='年度')),
                ('good_practice', models.TextField(blank=True, verbose_name='うまくいった使い方')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='organization.department', verbose_name='部署')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluations', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '年次評価',
                'ordering': ['-fiscal_year', 'system', 'department'],
            "constraints": [models.UniqueConstraint(fields=('system', 'department', 'fiscal_year'), name='systems_one_evaluation_per_section_and_year')],},
        ),
        migrations.CreateModel(
            name='Drill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='訓練名')),
                ('held_on', models.DateField(verbose_name='実施日')),
                ('scenario', models.TextField(verbose_name='想定')),
                ('departments', models.ManyToManyField(related_name='drills', to='organization.department', verbose_name='参加部署')),
                ('incident', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drills', to='systems.incident', verbose_name='きっかけの障害')),
                ('systems', models.ManyToManyField(related_name='drills', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '訓練',
                'ordering': ['-held_on'],
            },
        ),
        migrations.AddField(
            model_name='dependency',
            name='system',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dependencies', to='systems.informationsystem', verbose_name='情報システム'),
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=150, verbose_name='契約名')),
                ('vendor', models.CharField(max_length=100, verbose_name='事業者')),
                ('starts_on', models.DateField(verbose_name='契約の始期')),
                ('ends_on', models.DateField(verbose_name='契約の終期')),
                ('monthly_fee_yen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='月額利用料')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contracts', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '契約',
                'ordering': ['system', '-starts_on'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='systems_contract_ends_after_it_starts', violation_error_message='契約の終期は、始期より後の日にしてください。')],},
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('stop', '停止'), ('renewal', '更改'), ('move', '標準化への移行'), ('work', '作業')], max_length=10, verbose_name='種類')),
                ('title', models.CharField(max_length=150, verbose_name='内容')),
                ('starts_at', models.DateTimeField(verbose_name='開始')),
                ('ends_at', models.DateTimeField(verbose_name='終了')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='関係部署に知らせた日時')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '変更予定',
                'ordering': ['starts_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='systems_change_ends_after_it_starts', violation_error_message='終了は、開始より後の時刻にしてください。')],},
        ),
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='停止の始まり')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='復旧')),
                ('weight', models.DecimalField(decimal_places=2, default=1, max_digits=3, verbose_name='失われた機能の割合')),
                ('what', models.CharField(blank=True, max_length=200, verbose_name='止まった機能')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outages', to='systems.incident', verbose_name='障害')),
            ],
            options={
                'verbose_name': '停止',
                'ordering': ['starts_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='systems_outage_ends_after_it_starts', violation_error_message='復旧は、停止の始まりより後の時刻にしてください。'),models.CheckConstraint(condition=models.Q(('weight__gt', 0), ('weight__lte', 1)), name='systems_weight_is_a_part', violation_error_message='失われた機能の割合は、0より大きく1以下で書いてください。')],},
        ),
        migrations.CreateModel(
            name='PlannedStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='開始')),
                ('ends_at', models.DateTimeField(verbose_name='終了')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='planned_stops', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '計画停止',
                'ordering': ['-starts_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='systems_stop_ends_after_it_starts', violation_error_message='終了は、開始より後の時刻にしてください。')],},
        ),
        migrations.CreateModel(
            name='Probe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('outcome', models.CharField(choices=[('ok', '応答あり'), ('fail', '応答なし')], max_length=4, verbose_name='結果')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='probes', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '監視の結果',
                'ordering': ['system', 'at'],
            "constraints": [models.UniqueConstraint(fields=('system', 'at'), name='systems_one_probe_per_moment')],},
        ),
        migrations.CreateModel(
            name='RestoreTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('failed_at', models.DateTimeField(verbose_name='失われたとみなす時点')),
                ('backup_at', models.DateTimeField(verbose_name='使ったバックアップの時点')),
                ('started_at', models.DateTimeField(verbose_name='復元の開始')),
                ('finished_at', models.DateTimeField(verbose_name='業務が再開できた時点')),
                ('rto_minutes', models.PositiveIntegerField(verbose_name='目標復旧時間(分)')),
                ('rpo_minutes', models.PositiveIntegerField(verbose_name='目標復旧時点(分)')),
                ('evidence', models.CharField(max_length=300, verbose_name='根拠')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='restore_tests', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '復元試験',
                'ordering': ['-finished_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('finished_at__gt', models.F('started_at')), ('backup_at__lte', models.F('failed_at'))), name='systems_restore_times_are_in_order', violation_error_message='バックアップは失われた時点より前、再開は復元の開始より後の時刻にしてください。')],},
        ),
        migrations.CreateModel(
            name='ServiceLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.DecimalField(decimal_places=3, max_digits=6, verbose_name='約束する稼働率(%)')),
                ('hours', models.CharField(blank=True, choices=[('always', '24時間365日'), ('office', '開庁時間(開庁日 8:30〜17:15)'), ('custom', '個別に定める時間')], max_length=10, verbose_name='サービス時間帯')),
                ('opens', models.TimeField(blank=True, null=True, verbose_name='開始')),
                ('closes', models.TimeField(blank=True, null=True, verbose_name='終了')),
                ('weekdays', models.CharField(default='01234', max_length=7, verbose_name='曜日(0=月)')),
                ('clause', models.CharField(blank=True, max_length=200, verbose_name='契約書の条項')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='systems.contract', verbose_name='契約')),
            ],
            options={
                'verbose_name': 'サービス水準',
                'ordering': ['contract', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('target__gt', 0), ('target__lte', 100)), name='systems_target_is_a_percentage', violation_error_message='稼働率は、0より大きく100以下で書いてください。'),models.CheckConstraint(condition=models.Q(models.Q(('hours', 'custom'), _negated=True), models.Q(('closes__isnull', False), ('opens__isnull', False)), _connector='OR'), name='systems_custom_hours_are_written', violation_error_message='個別に定める時間のときは、開始と終了の時刻を書いてください。')],},
        ),
        migrations.CreateModel(
            name='CreditStepRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('below', models.DecimalField(decimal_places=3, max_digits=6, verbose_name='稼働率がこれを下回るとき(%)')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='月額利用料の減額(%)')),
                ('level', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='credit_steps', to='systems.servicelevel', verbose_name='サービス水準')),
            ],
            options={
                'verbose_name': '減額の段階',
                'ordering': ['level', '-below'],
            "constraints": [models.UniqueConstraint(fields=('level', 'below'), name='systems_one_credit_per_rate')],},
        ),
        migrations.CreateModel(
            name='StandardTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='番号')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='事務の名称')),
                ('stage', models.CharField(choices=[('not_applicable', '対象外'), ('planned', '移行予定'), ('running', '稼働')], default='planned', max_length=20, verbose_name='状況')),
                ('not_applicable_reason', models.CharField(blank=True, max_length=200, verbose_name='対象外の理由')),
                ('planned_year', models.PositiveIntegerField(blank=True, null=True, verbose_name='移行年度')),
                ('provider', models.CharField(blank=True, max_length=100, verbose_name='事業者')),
                ('cost_yen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='移行経費')),
                ('subsidy_yen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='補助金')),
                ('attached_work', models.TextField(blank=True, verbose_name='標準の外に残る付随業務')),
            ],
            options={
                'verbose_name': '標準化対象事務',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('stage', 'not_applicable'), models.Q(('not_applicable_reason', ''), _negated=True)), models.Q(models.Q(('stage', 'not_applicable'), _negated=True), ('planned_year__isnull', False)), _connector='OR'), name='systems_a_task_has_a_year_or_a_reason', violation_error_message='対象外のときは理由を、それ以外のときは移行年度を書いてください。')],
            },
        ),
        migrations.AddField(
            model_name='informationsystem',
            name='standard_task',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='systems', to='systems.standardtask', verbose_name='標準化対象事務'),
        ),
        migrations.CreateModel(
            name='YearlyCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveIntegerField(verbose_name='年度')),
                ('yen', models.PositiveBigIntegerField(verbose_name='金額')),
                ('rise_reason', models.CharField(blank=True, max_length=300, verbose_name='増えた理由')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='systems.informationsystem', verbose_name='情報システム')),
            ],
            options={
                'verbose_name': '年度費用',
                'ordering': ['system', 'fiscal_year'],
            "constraints": [models.UniqueConstraint(fields=('system', 'fiscal_year'), name='systems_one_cost_per_year')],},
        ),
        migrations.CreateModel(
            name='BusyPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='始まり')),
                ('ends_on', models.DateField(verbose_name='終わり')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='busy_periods', to='organization.department', verbose_name='部署')),
            ],
            options={
                'verbose_name': '繁忙期',
                'ordering': ['starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='systems_busy_ends_after_it_starts', violation_error_message='終わりは、始まりより後の日にしてください。')],
            },
        ),
        migrations.CreateModel(
            name='DrillFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='指摘')),
                ('due', models.DateField(verbose_name='期限')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='根拠')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drill_findings', to='organization.department', verbose_name='担当部署')),
                ('drill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='systems.drill', verbose_name='訓練')),
            ],
            options={
                'verbose_name': '訓練の指摘',
                'ordering': ['due'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='systems_finding_has_evidence', violation_error_message='済んだ日を書くときは、根拠も書いてください。')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60, verbose_name='問い')),
                ('score', models.PositiveSmallIntegerField(verbose_name='点')),
                ('comment', models.CharField(blank=True, max_length=300, verbose_name='理由・意見')),
                ('follow_up', models.CharField(blank=True, max_length=300, verbose_name='これからの対応')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='systems.evaluation', verbose_name='年次評価')),
            ],
            options={
                'verbose_name': '評価の点',
                'ordering': ['evaluation', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'question'), name='systems_one_score_per_question'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='systems_scores_go_from_one_to_five'), models.CheckConstraint(condition=models.Q(('score__gte', 3), models.Q(models.Q(('comment', ''), _negated=True), models.Q(('follow_up', ''), _negated=True)), _connector='OR'), name='systems_a_low_score_says_why')],
            },
        ),
        migrations.CreateModel(
            name='IncidentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('sections', '影響する部署の課長'), ('public', '区民(公開のページ)')], max_length=10, verbose_name='知らせる相手')),
                ('subject', models.CharField(max_length=100, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('status', models.CharField(choices=[('draft', '案'), ('sent', '知らせた')], default='draft', max_length=10, verbose_name='状態')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='知らせた日時')),
                ('sent_to', models.PositiveIntegerField(blank=True, null=True, verbose_name='送った人数')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='systems.incident', verbose_name='障害')),
            ],
            options={
                'verbose_name': '障害のお知らせ',
                'ordering': ['incident', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('status', 'draft'), ('sent_at__isnull', False), _connector='OR'), name='systems_a_sent_notice_has_a_time')],
            },
        ),
        migrations.CreateModel(
            name='IncidentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('remedy', '応急の対応'), ('alternative', '代わりの方法'), ('notice', 'お知らせ'), ('demand', '事業者への求め'), ('prevention', '再発防止')], max_length=12, verbose_name='種類')),
                ('text', models.TextField(verbose_name='内容')),
                ('due', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='根拠')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='記録日時')),
                ('by_label', models.CharField(blank=True, max_length=100, verbose_name='記録した人')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='systems.incident', verbose_name='障害')),
            ],
            options={
                'verbose_name': '障害への対応',
                'ordering': ['incident', 'at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'prevention'), _negated=True), ('done_on__isnull', True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='systems_prevention_has_evidence', violation_error_message='済んだ再発防止策には、根拠を書いてください。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'demand'), _negated=True), ('due__isnull', False), _connector='OR'), name='systems_demands_have_a_date', violation_error_message='事業者への求めには、期限を書いてください。')],
            },
        ),
        migrations.AddConstraint(
            model_name='dependency',
            constraint=models.UniqueConstraint(fields=('system', 'procedure'), name='systems_one_dependency_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='informationsystem',
            constraint=models.CheckConstraint(condition=models.Q(('decision', 'keep'), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='systems_an_end_has_a_reason', violation_error_message='更改・廃止のときは、扱いの理由を書いてください。'),
        ),
    ]
