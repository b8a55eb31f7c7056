
import django.core.validators
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
            name='Branch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='順序')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='件名の種類')),
                ('above', models.BigIntegerField(blank=True, null=True, verbose_name='これを超える金額')),
                ('up_to', models.BigIntegerField(blank=True, null=True, verbose_name='この金額まで')),
                ('importance', models.CharField(blank=True, choices=[('ordinary', '通常'), ('important', '重要')], max_length=10, verbose_name='重要度')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='根拠条項')),
            ],
            options={
                'verbose_name': '専決区分',
                'ordering': ['version', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+$')], verbose_name='コード')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
            ],
            options={
                'verbose_name': '決裁ルート',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='RouteDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.JSONField(verbose_name='定め')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='書いた回数')),
                ('written_at', models.DateTimeField(auto_now=True, verbose_name='最後に書いた日時')),
                ('route', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='approvals.route', verbose_name='決裁ルート')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最後に書いた人')),
            ],
            options={
                'verbose_name': '決裁ルートの案',
            },
        ),
        migrations.CreateModel(
            name='RouteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('starts_on', models.DateField(verbose_name='適用開始日')),
                ('basis', models.CharField(max_length=200, verbose_name='根拠規程')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='公開日時')),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='approvals.route', verbose_name='決裁ルート')),
            ],
            options={
                'verbose_name': '決裁ルートの版',
                'ordering': ['route', 'number'],
            "constraints": [models.UniqueConstraint(fields=('route', 'number'), name='approvals_one_version_per_number'),models.UniqueConstraint(fields=('route', 'starts_on'), name='approvals_one_version_per_day')],},
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='起案番号')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('kind', models.CharField(blank=True, max_length=40, verbose_name='件名の種類')),
                ('amount', models.BigIntegerField(null=True, verbose_name='金額')),
                ('importance', models.CharField(choices=[('ordinary', '通常'), ('important', '重要')], default='ordinary', max_length=10, verbose_name='重要度')),
                ('urgent_reason', models.CharField(blank=True, max_length=200, verbose_name='至急の理由')),
                ('status', models.CharField(choices=[('circulating', '回議中'), ('returned', '差戻し'), ('taken_back', '引戻し'), ('approved', '決裁'), ('rejected', '否決'), ('dropped', '廃案')], default='circulating', max_length=12, verbose_name='状態')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='回')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='いまの順序')),
                ('turn', models.PositiveIntegerField(default=0, verbose_name='処理の数')),
                ('remark', models.TextField(blank=True, verbose_name='直近の引戻し・廃案の理由')),
                ('dossier_hash', models.CharField(blank=True, max_length=64, verbose_name='いまの内容の封印')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='起案日時')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='確定日時')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.branch', verbose_name='専決区分')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='起案部署')),
                ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='起案者')),
                ('route_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='approvals.routeversion', verbose_name='決裁ルートの版')),
            ],
            options={
                'verbose_name': '起案',
                'ordering': ['-pk'],
            "indexes": [models.Index(fields=['status', 'opened_at'], name='approvals_proposal_status')],"constraints": [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('status__in', ['approved', 'rejected', 'dropped'])), models.Q(('settled_at__isnull', True), ('status__in', ['circulating', 'returned', 'taken_back'])), _connector='OR'), name='approvals_settled_proposals_have_a_date')],},
        ),
        migrations.AddField(
            model_name='branch',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='approvals.routeversion', verbose_name='版'),
        ),
        migrations.CreateModel(
            name='SerialCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(default='K', max_length=2, verbose_name='系列')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='最後の番号')),
            ],
            options={
                'verbose_name': '番号簿',
                'constraints': [models.UniqueConstraint(fields=('series', 'fiscal_year'), name='approvals_one_book_per_series_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='回')),
                ('position', models.PositiveSmallIntegerField(verbose_name='順序')),
                ('kind', models.CharField(choices=[('consult', '回議'), ('join', '合議'), ('decide', '決裁'), ('circulate', '供覧')], max_length=10, verbose_name='種別')),
                ('role', models.CharField(choices=[('clerk', '担当'), ('chief', '課長'), ('director', '部長'), ('mayor', '区長'), ('designer', '手続設計担当'), ('headquarters', 'DX推進本部事務局'), ('records', '文書法規担当'), ('treasurer', '会計担当'), ('auditor', '監査担当'), ('administrator', 'システム管理担当')], max_length=20, verbose_name='役割')),
                ('status', models.CharField(choices=[('waiting', '未到達'), ('open', '処理待ち'), ('done', '処理済み'), ('skipped', '省略'), ('cancelled', '取りやめ')], default='waiting', max_length=10, verbose_name='状態')),
                ('note', models.CharField(blank=True, max_length=100, verbose_name='注記')),
                ('arrived_at', models.DateTimeField(null=True, verbose_name='到達日時')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='部署')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='approvals.proposal', verbose_name='起案')),
            ],
            options={
                'verbose_name': '回付先',
                'ordering': ['proposal', 'round', 'position', 'pk'],
            "indexes": [models.Index(condition=models.Q(('status', 'open')), fields=['role', 'department'], name='approvals_open_steps')],},
        ),
        migrations.CreateModel(
            name='StepDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('own', '本人'), ('delegated', '委任'), ('absence', '代決')], max_length=10, verbose_name='立場')),
                ('outcome', models.CharField(choices=[('approve', '承認'), ('return', '差戻し'), ('reject', '否決'), ('read', '閲覧')], max_length=10, verbose_name='結果')),
                ('opinion', models.TextField(blank=True, verbose_name='意見')),
                ('dossier_hash', models.CharField(max_length=64, verbose_name='見た内容の封印')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('read_after_at', models.DateTimeField(null=True, verbose_name='後閲日時')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='処理した人')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.post', verbose_name='職位')),
                ('principal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='委任した人')),
                ('read_after_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='後閲した人')),
                ('step', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='approvals.step', verbose_name='回付先')),
            ],
            options={
                'verbose_name': '決裁行為',
                'ordering': ['at', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('read_after_at__isnull', True), models.Q(('capacity', 'absence'), ('read_after_by__isnull', False)), _connector='OR'), name='approvals_only_decisions_in_absence_are_read_after')],},
        ),
        migrations.CreateModel(
            name='Stop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='順序')),
                ('kind', models.CharField(choices=[('consult', '回議'), ('join', '合議'), ('decide', '決裁'), ('circulate', '供覧')], max_length=10, verbose_name='種別')),
                ('role', models.CharField(choices=[('clerk', '担当'), ('chief', '課長'), ('director', '部長'), ('mayor', '区長'), ('designer', '手続設計担当'), ('headquarters', 'DX推進本部事務局'), ('records', '文書法規担当'), ('treasurer', '会計担当'), ('auditor', '監査担当'), ('administrator', 'システム管理担当')], max_length=20, verbose_name='役割')),
                ('place', models.CharField(choices=[('own', '起案した部署'), ('above', '起案した部署の上位の部署'), ('fixed', '指定した部署'), ('any', '全庁')], default='own', max_length=10, verbose_name='どの部署の')),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stops', to='approvals.branch', verbose_name='専決区分')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='部署')),
            ],
            options={
                'verbose_name': '経由職位',
                'ordering': ['branch', 'position', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('department__isnull', False), ('place', 'fixed')), models.Q(('place', 'fixed'), _negated=True), _connector='OR'), name='approvals_a_fixed_stop_names_its_department')],},
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(verbose_name='終了日')),
                ('reason', models.CharField(blank=True, max_length=100, verbose_name='理由')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='早く戻った日時')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': '不在',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='approvals_absence_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(verbose_name='終了日')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='取消日時')),
                ('delegate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL, verbose_name='委任された人')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='organization.post', verbose_name='職位')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given_delegations', to=settings.AUTH_USER_MODEL, verbose_name='委任した人')),
            ],
            options={
                'verbose_name': '委任',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='approvals_delegation_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('principal', models.F('delegate')), _negated=True), name='approvals_nobody_delegates_to_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='順位')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputises', to='organization.post', verbose_name='代決する職位')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='organization.post', verbose_name='不在の職位')),
            ],
            options={
                'verbose_name': '代決順位',
                'ordering': ['post', 'order'],
                'constraints': [models.UniqueConstraint(fields=('post', 'order'), name='approvals_one_deputy_per_rank'), models.UniqueConstraint(fields=('post', 'deputy'), name='approvals_one_rank_per_deputy'), models.CheckConstraint(condition=models.Q(('post', models.F('deputy')), _negated=True), name='approvals_nobody_deputises_for_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Procurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='調達番号')),
                ('title', models.CharField(max_length=150, verbose_name='件名')),
                ('kind', models.CharField(choices=[('new', '新規'), ('renewal', '更改'), ('other', 'その他(改修・運用など)')], max_length=10, verbose_name='区分')),
                ('amount', models.BigIntegerField(verbose_name='予定金額(円)')),
                ('previous_amount', models.BigIntegerField(blank=True, null=True, verbose_name='前回の金額(円)')),
                ('increase_reason', models.TextField(blank=True, verbose_name='増額の理由')),
                ('purpose', models.TextField(verbose_name='目的と効果')),
                ('contract_started_at', models.DateTimeField(blank=True, null=True, verbose_name='契約手続の開始')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='所管')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
                ('proposal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='procurement', to='approvals.proposal', verbose_name='起案')),
            ],
            options={
                'verbose_name': '調達案件',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='approvals_a_procurement_costs_something', violation_error_message='予定金額は1円以上で入力してください。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'renewal'), _negated=True), ('previous_amount__isnull', False), _connector='OR'), name='approvals_a_renewal_names_its_former_cost', violation_error_message='更改には、前回の金額が必要です。'), models.CheckConstraint(condition=models.Q(models.Q(('increase_reason', ''), _negated=True), ('previous_amount__isnull', True), ('amount__lte', models.F('previous_amount')), _connector='OR'), name='approvals_an_increase_has_a_reason', violation_error_message='前回より増える場合は、増額の理由が必要です。'), models.CheckConstraint(condition=models.Q(('contract_started_at__isnull', True), ('proposal__isnull', False), _connector='OR'), name='approvals_no_contract_without_a_proposal')],
            },
        ),
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='回')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('amount', models.BigIntegerField(null=True, verbose_name='金額')),
                ('content', models.JSONField(verbose_name='内容')),
                ('hash', models.CharField(max_length=64, verbose_name='内容の封印')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='approvals.proposal', verbose_name='起案')),
            ],
            options={
                'verbose_name': '伺い文',
                'ordering': ['proposal', 'round'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'round'), name='approvals_one_dossier_per_round')],
            },
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='approvals_one_branch_per_position'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.CheckConstraint(condition=models.Q(('above__isnull', True), ('up_to__isnull', True), ('up_to__gt', models.F('above')), _connector='OR'), name='approvals_branch_amounts_in_order'),
        ),
    ]
