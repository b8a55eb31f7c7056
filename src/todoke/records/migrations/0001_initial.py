
import django.db.models.deletion
import todoke.records.models.disposal
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
            name='ClassificationTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='版')),
                ('starts_on', models.DateField(unique=True, verbose_name='適用開始日')),
                ('basis', models.CharField(max_length=200, verbose_name='根拠規程')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='公開日時')),
            ],
            options={
                'verbose_name': '文書分類表の版',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='ClassificationDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('only', models.PositiveSmallIntegerField(default=1, editable=False, unique=True, verbose_name='一つだけ')),
                ('document', models.JSONField(verbose_name='定め')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='書いた回数')),
                ('written_at', models.DateTimeField(auto_now=True, verbose_name='最後に書いた日時')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='最後に書いた人')),
            ],
            options={
                'verbose_name': '文書分類表の案',
            },
        ),
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='分類記号')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('years', models.PositiveSmallIntegerField(choices=[(1, '1年'), (3, '3年'), (5, '5年'), (10, '10年'), (30, '30年'), (0, '永年')], verbose_name='保存期間')),
                ('start_rule', models.CharField(choices=[('calendar', '暦年(翌年1月1日から)'), ('fiscal', '会計年度(翌年度4月1日から)'), ('next_day', '完結した日の翌日から')], default='fiscal', max_length=10, verbose_name='起算')),
                ('matter', models.CharField(blank=True, max_length=40, verbose_name='綴る件名の種類')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='根拠')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='records.classification', verbose_name='上位の分類')),
                ('table', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='records.classificationtable', verbose_name='文書分類表の版')),
            ],
            options={
                'verbose_name': '文書分類',
                'ordering': ['code'],
            "constraints": [models.CheckConstraint(condition=models.Q(('years__in', [1, 3, 5, 10, 30, 0])), name='records_period_is_known'),models.UniqueConstraint(fields=('table', 'code'), name='records_one_line_per_code'),models.UniqueConstraint(condition=models.Q(('matter', ''), _negated=True), fields=('table', 'matter'), name='records_one_line_per_matter')],},
        ),
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=todoke.records.models.disposal.new_code, max_length=12, unique=True, verbose_name='整理番号')),
                ('kind', models.CharField(choices=[('destroy', '廃棄'), ('transfer', '公文書館へ移管')], max_length=10, verbose_name='区分')),
                ('status', models.CharField(choices=[('drawn_up', '協議中'), ('approved', '決裁済み'), ('done', '実施済み'), ('dropped', '取りやめ')], default='drawn_up', max_length=10, verbose_name='状態')),
                ('list_hash', models.CharField(max_length=64, verbose_name='一覧の照合値')),
                ('decision', models.CharField(blank=True, max_length=20, verbose_name='決裁の番号')),
                ('drawn_up_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='決裁日時')),
                ('done_at', models.DateTimeField(null=True, verbose_name='実施日時')),
                ('drawn_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成者')),
            ],
            options={
                'verbose_name': '廃棄・移管の決定',
                'ordering': ['-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('approved_at__isnull', False), models.Q(('decision', ''), _negated=True)), _connector='OR'), name='records_nothing_is_disposed_of_without_a_decision')],},
        ),
        migrations.CreateModel(
            name='RecordFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(help_text='もとの案件や起案の番号', max_length=20, unique=True, verbose_name='番号')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('kind', models.CharField(max_length=100, verbose_name='種類')),
                ('outcome', models.CharField(max_length=20, verbose_name='結果')),
                ('closed_on', models.DateField(verbose_name='完結日')),
                ('years', models.PositiveSmallIntegerField(choices=[(1, '1年'), (3, '3年'), (5, '5年'), (10, '10年'), (30, '30年'), (0, '永年')], verbose_name='保存期間')),
                ('start_rule', models.CharField(choices=[('calendar', '暦年(翌年1月1日から)'), ('fiscal', '会計年度(翌年度4月1日から)'), ('next_day', '完結した日の翌日から')], max_length=10, verbose_name='起算')),
                ('starts_on', models.DateField(verbose_name='起算日')),
                ('expires_on', models.DateField(null=True, verbose_name='満了日')),
                ('status', models.CharField(choices=[('kept', '保存中'), ('nominated', '廃棄・移管の協議中'), ('disposed', '廃棄済み'), ('transferred', '移管済み')], default='kept', max_length=12, verbose_name='状態')),
                ('filed_at', models.DateTimeField(auto_now_add=True, verbose_name='編てつ日時')),
                ('disposed_at', models.DateTimeField(null=True, verbose_name='廃棄・移管日時')),
                ('classification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='records.classification', verbose_name='文書分類')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='主管課')),
            ],
            options={
                'verbose_name': '公文書ファイル',
                'ordering': ['-closed_on', '-number'],
            "indexes": [models.Index(fields=['status', 'expires_on'], name='records_by_expiry')],"constraints": [models.CheckConstraint(condition=models.Q(models.Q(('expires_on__isnull', True), ('years', 0)), models.Q(models.Q(('years', 0), _negated=True), ('expires_on__isnull', False)), _connector='OR'), name='records_only_permanent_files_never_expire'),models.CheckConstraint(condition=models.Q(models.Q(('disposed_at__isnull', True), ('status__in', ['kept', 'nominated'])), models.Q(('disposed_at__isnull', False), ('status__in', ['disposed', 'transferred'])), _connector='OR'), name='records_disposed_files_have_a_date')],},
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('years', models.PositiveSmallIntegerField(verbose_name='年数')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('extended_at', models.DateTimeField(auto_now_add=True, verbose_name='延長日時')),
                ('extended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='延長した人')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='records.recordfile', verbose_name='公文書ファイル')),
            ],
            options={
                'verbose_name': '保存期間の延長',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='順序')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('text', models.TextField(verbose_name='本文')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='もとの照合値')),
                ('withheld_for', models.CharField(blank=True, max_length=12, verbose_name='全部不開示の理由')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='records.recordfile', verbose_name='公文書ファイル')),
            ],
            options={
                'verbose_name': '綴った文書',
                'ordering': ['file', 'order'],
            "constraints": [models.UniqueConstraint(fields=('file', 'order'), name='records_one_document_per_place')],},
        ),
        migrations.CreateModel(
            name='DisposalItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='records.disposal', verbose_name='廃棄・移管の決定')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='records.recordfile', verbose_name='公文書ファイル')),
            ],
            options={
                'verbose_name': '廃棄・移管の対象',
                'ordering': ['pk'],
            "constraints": [models.UniqueConstraint(fields=('disposal', 'file'), name='records_a_file_is_listed_once')],},
        ),
        migrations.CreateModel(
            name='RetentionHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('placed_at', models.DateTimeField(auto_now_add=True, verbose_name='停止日時')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='解除日時')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='records.recordfile', verbose_name='公文書ファイル')),
                ('placed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停止した人')),
            ],
            options={
                'verbose_name': '廃棄停止',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WithheldPassage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(verbose_name='始め')),
                ('end', models.PositiveIntegerField(verbose_name='終わり')),
                ('ground', models.CharField(choices=[('personal', '第1号(個人に関する情報)'), ('corporate', '第2号(法人等に関する情報)'), ('safety', '第3号(公共の安全)'), ('deliberation', '第4号(審議・検討)'), ('operations', '第5号(事務・事業)'), ('law', '第6号(法令秘)')], max_length=12, verbose_name='不開示の理由')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='records.document', verbose_name='綴った文書')),
            ],
            options={
                'verbose_name': '不開示部分',
                'ordering': ['document', 'start'],
            "constraints": [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='records_a_passage_has_a_length'),models.CheckConstraint(condition=models.Q(('ground__in', ['personal', 'corporate', 'safety', 'deliberation', 'operations', 'law'])), name='records_ground_is_known')],},
        ),
    ]
