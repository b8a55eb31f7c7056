
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
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=20, verbose_name='コード表')),
                ('key', models.CharField(max_length=200, verbose_name='キー')),
                ('label', models.CharField(max_length=200, verbose_name='名称')),
                ('position', models.PositiveIntegerField(verbose_name='順番')),
                ('last_year', models.PositiveIntegerField(blank=True, null=True, verbose_name='最終の年度')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.code', verbose_name='後継')),
            ],
            options={
                'verbose_name': 'コード',
                'ordering': ['table', 'position'],
            "constraints": [models.UniqueConstraint(fields=('table', 'key'), name='procedures_one_code_per_key')],},
        ),
        migrations.CreateModel(
            name='CodedValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coded_values', to='procedures.code', verbose_name='コード')),
            ],
            options={
                'verbose_name': '該当項目',
                'ordering': ['procedure', 'code__position'],
            },
        ),
        migrations.CreateModel(
            name='CodeSpelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=10, verbose_name='調査の版')),
                ('year', models.PositiveIntegerField(verbose_name='年度')),
                ('label', models.CharField(max_length=200, verbose_name='表記')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='procedures.code', verbose_name='コード')),
            ],
            options={
                'verbose_name': 'コードの表記',
                'ordering': ['code', 'edition'],
            "constraints": [models.UniqueConstraint(fields=('code', 'edition'), name='procedures_one_spelling_per_edition')],},
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=20, unique=True, verbose_name='取込番号')),
                ('file', models.FileField(blank=True, upload_to='imports/', verbose_name='ファイル')),
                ('file_name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('digest', models.CharField(max_length=64, verbose_name='ハッシュ')),
                ('status', models.CharField(choices=[('waiting', '確認待ち'), ('checking', '確認中'), ('checked', '確認済み'), ('writing', '書込み中'), ('done', '完了'), ('refused', '取り込めません'), ('discarded', '取りやめ')], default='waiting', max_length=10, verbose_name='状態')),
                ('mode', models.CharField(choices=[('all', 'すべて正しいときだけ取り込む'), ('good', '正しい行だけ取り込む')], default='all', max_length=5, verbose_name='方法')),
                ('edition', models.CharField(blank=True, max_length=10, verbose_name='調査の版')),
                ('encoding', models.CharField(blank=True, max_length=20, verbose_name='文字コード')),
                ('rows_read', models.PositiveIntegerField(default=0, verbose_name='読んだ行数')),
                ('created_count', models.PositiveIntegerField(default=0, verbose_name='新しい手続')),
                ('changed_count', models.PositiveIntegerField(default=0, verbose_name='変わる手続')),
                ('unchanged_count', models.PositiveIntegerField(default=0, verbose_name='変わらない手続')),
                ('refused_count', models.PositiveIntegerField(default=0, verbose_name='取り込めない行')),
                ('problem', models.TextField(blank=True, verbose_name='取り込めない理由')),
                ('hints', models.TextField(blank=True, verbose_name='注意')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='開始日時')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='終了日時')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='実行した人')),
            ],
            options={
                'verbose_name': '取込',
                'ordering': ['-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('problem', ''), _negated=True), _connector='OR'), name='procedures_refused_import_says_why')],},
        ),
        migrations.CreateModel(
            name='ImportDefect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.CharField(max_length=100, verbose_name='列')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='値')),
                ('problem', models.CharField(max_length=300, verbose_name='何が違うか')),
                ('remedy', models.CharField(max_length=300, verbose_name='どうすればよいか')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='defects', to='procedures.importrun', verbose_name='取込')),
            ],
            options={
                'verbose_name': '取込の不備',
                'ordering': ['run', 'line', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('key', models.CharField(max_length=20, verbose_name='手続')),
                ('field', models.CharField(max_length=60, verbose_name='項目')),
                ('before', models.CharField(blank=True, max_length=200, verbose_name='変更前')),
                ('after', models.CharField(blank=True, max_length=200, verbose_name='変更後')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='previews', to='procedures.importrun', verbose_name='取込')),
            ],
            options={
                'verbose_name': '取込の変更予定',
                'ordering': ['run', 'line', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=12, unique=True, verbose_name='手続番号')),
                ('serial', models.PositiveIntegerField(editable=False, unique=True, verbose_name='通し番号')),
                ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='更新回数')),
                ('national_id', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='手続ID')),
                ('ministry', models.CharField(blank=True, max_length=60, verbose_name='所管府省庁')),
                ('title', models.CharField(max_length=400, verbose_name='手続名')),
                ('law', models.CharField(blank=True, max_length=300, verbose_name='法令名')),
                ('law_number', models.CharField(blank=True, max_length=150, verbose_name='法令番号')),
                ('article', models.CharField(blank=True, max_length=150, verbose_name='根拠条項号')),
                ('related_articles', models.TextField(blank=True, verbose_name='関連条項号')),
                ('related_laws', models.TextField(blank=True, verbose_name='関連する根拠法令')),
                ('kind', models.CharField(blank=True, choices=[('1', '申請等'), ('2-1', '申請等に基づく処分通知等'), ('2-2', '申請等に基づかない処分通知等'), ('2-3', '交付等(民間手続)'), ('3', '縦覧等'), ('4', '作成・保存等')], max_length=3, verbose_name='手続類型')),
                ('actor', models.CharField(blank=True, choices=[('1', '国'), ('2', '独立行政法人等'), ('3', '地方等'), ('4-1', '国又は独立行政法人等'), ('4-2', '独立行政法人等又は地方等'), ('4-3', '国又は地方等'), ('4-4', '国、独立行政法人等又は地方等'), ('5', '国民等'), ('6', '民間事業者等'), ('7', '国民等、民間事業者等')], max_length=3, verbose_name='手続主体')),
                ('recipient', models.CharField(blank=True, choices=[('1', '国'), ('2', '独立行政法人等'), ('3', '地方等'), ('4-1', '国又は独立行政法人等'), ('4-2', '独立行政法人等又は地方等'), ('4-3', '国又は地方等'), ('4-4', '国、独立行政法人等又は地方等'), ('5', '国民等'), ('6', '民間事業者等'), ('7', '国民等、民間事業者等')], max_length=3, verbose_name='手続の受け手')),
                ('kind_note', models.TextField(blank=True, verbose_name='手続(類型、主体、受け手等)に関する補足')),
                ('via', models.CharField(blank=True, choices=[('1', '国'), ('2', '独立行政法人等'), ('3', '地方等'), ('4-1', '国又は独立行政法人等'), ('4-2', '独立行政法人等又は地方等'), ('4-3', '国又は地方等'), ('4-4', '国、独立行政法人等又は地方等'), ('5', '国民等'), ('6', '民間事業者等'), ('7', '国民等、民間事業者等')], max_length=3, verbose_name='経由機関')),
                ('agency', models.TextField(blank=True, verbose_name='独立行政法人等の名称')),
                ('duty', models.CharField(blank=True, choices=[('1', '自治事務'), ('2', '第1号法定受託事務'), ('3', '第2号法定受託事務'), ('4', '地方の事務でない')], max_length=1, verbose_name='事務区分')),
                ('shared', models.CharField(blank=True, choices=[('all', '全府省庁'), ('some', '一部の府省庁'), ('none', '府省庁共通手続でない')], max_length=4, verbose_name='府省共通手続')),
                ('implementer', models.CharField(blank=True, max_length=300, verbose_name='実施府省庁')),
                ('shared_implementers', models.TextField(blank=True, verbose_name='実施府省庁(府省共通手続)')),
                ('online_status', models.CharField(blank=True, choices=[('1', '実施済'), ('2', '未実施'), ('3', '適用除外'), ('4', 'その他'), ('5', '一部実施済')], max_length=1, verbose_name='オンライン化の実施状況')),
                ('online_note', models.TextField(blank=True, verbose_name='オンライン化の実施状況に関する補足')),
                ('online_from', models.CharField(blank=True, choices=[('1', '2024年度'), ('2', '2025年度'), ('3', '2026年度'), ('4', '2027年度'), ('5', '2028年度'), ('6', '2029年度'), ('7', '2030年度以降')], max_length=1, verbose_name='オンライン化実施時期')),
                ('fee', models.CharField(blank=True, choices=[('1', '手数料等無し'), ('2', '手数料等有り')], max_length=1, verbose_name='手数料等の納付有無')),
                ('fee_note', models.TextField(blank=True, verbose_name='手数料等に関する補足')),
                ('fee_relief', models.CharField(blank=True, choices=[('1', '減免措置有り'), ('2', '減免措置無し')], max_length=1, verbose_name='手数料等のオンライン納付時の優遇措置')),
                ('time_online', models.CharField(blank=True, max_length=200, verbose_name='処理期間(オンライン)')),
                ('time_offline', models.CharField(blank=True, max_length=200, verbose_name='処理期間(非オンライン)')),
                ('application_system', models.CharField(blank=True, max_length=200, verbose_name='情報システム(申請)')),
                ('application_systems', models.TextField(blank=True, verbose_name='情報システム(申請)複数ある場合')),
                ('office_system', models.CharField(blank=True, max_length=200, verbose_name='情報システム(事務処理)')),
                ('total_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='総手続件数')),
                ('online_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='オンライン手続件数')),
                ('offline_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='非オンライン手続件数')),
                ('attachment_note', models.TextField(blank=True, verbose_name='添付書類等に関する補足')),
                ('profession_note', models.TextField(blank=True, verbose_name='士業、機関に関する補足')),
                ('online_since', models.DateField(blank=True, null=True, verbose_name='区のオンライン受付開始日')),
                ('phone_checked_on', models.DateField(blank=True, null=True, verbose_name='スマートフォンで使えると確かめた日')),
                ('deadline', models.CharField(blank=True, help_text='例: 引っ越した日から14日以内。なければ「いつでも」。', max_length=200, verbose_name='いつまでに(起算点)')),
                ('municipal_note', models.TextField(blank=True, verbose_name='区の補足')),
                ('abolished_on', models.DateField(blank=True, null=True, verbose_name='廃止日')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登録日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('coded', models.ManyToManyField(related_name='procedures', through='procedures.CodedValue', to='procedures.code', verbose_name='該当項目')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='organization.department', verbose_name='所管部署')),
            ],
            options={
                'verbose_name': '手続',
                'ordering': ['serial'],
            "indexes": [models.Index(models.OrderBy(models.Func(models.F('total_count'), output_field=models.IntegerField(), template='COALESCE(%(expressions)s, -1)'), descending=True), models.F('serial'), name='procedures_by_volume'),models.Index(models.F('title'), models.F('serial'), name='procedures_by_title'),models.Index(models.F('updated_at'), models.F('serial'), name='procedures_by_update'),models.Index(condition=models.Q(('online_since__isnull', False)), fields=['online_since'], name='procedures_online_elsewhere'),models.Index(fields=['online_status', 'kind', 'actor', 'recipient', 'fee', 'department', 'abolished_on', 'online_since'], name='procedures_facets')],"constraints": [models.CheckConstraint(condition=models.Q(('online_count__isnull', True), ('total_count__isnull', True), ('online_count__lte', models.F('total_count')), _connector='OR'), name='procedures_online_within_total'),models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='procedures_title_is_written')],},
        ),
        migrations.CreateModel(
            name='PaperForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='様式番号')),
                ('title', models.CharField(max_length=200, verbose_name='様式名')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_forms', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '様式',
                'ordering': ['procedure', 'number'],
            "constraints": [models.UniqueConstraint(fields=('procedure', 'number'), name='procedures_one_paper_form_per_number')],},
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.CharField(choices=[('law', '法律'), ('cabinet_order', '政令'), ('ministerial_order', '府省令'), ('ordinance', '条例'), ('rule', '規則'), ('guideline', '要綱'), ('other', 'その他')], max_length=20, verbose_name='種別')),
                ('title', models.CharField(max_length=300, verbose_name='名称')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='法令番号')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='条項号')),
                ('amendable_by', models.CharField(choices=[('diet', '国会'), ('state', '国の行政機関'), ('prefecture', '都道府県'), ('council', '区議会'), ('mayor', '区長'), ('department', '所管課')], max_length=20, verbose_name='改正できる者')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_bases', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '根拠法令',
                'ordering': ['procedure', 'pk'],
            "constraints": [models.UniqueConstraint(fields=('procedure', 'title', 'article'), name='procedures_one_legal_basis_per_article')],},
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='判断の理由')),
                ('explanation', models.CharField(max_length=300, verbose_name='住民への説明')),
                ('next_check_on', models.DateField(verbose_name='次に確かめる日')),
                ('judged_by_label', models.CharField(max_length=100, verbose_name='判断した人の表示')),
                ('judged_at', models.DateTimeField(verbose_name='判断日時')),
                ('replaced_at', models.DateTimeField(blank=True, null=True, verbose_name='置き換えた日時')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.code', verbose_name='懸念点')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='判断した人')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '区の判断',
                'ordering': ['procedure', '-judged_at'],
            "constraints": [models.UniqueConstraint(condition=models.Q(('replaced_at__isnull', True)), fields=('procedure',), name='procedures_one_judgement_in_force'),models.CheckConstraint(condition=models.Q(models.Q(('explanation', ''), _negated=True), models.Q(('grounds', ''), _negated=True)), name='procedures_judgement_is_explained')],},
        ),
        migrations.CreateModel(
            name='FieldChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='日時')),
                ('actor_label', models.CharField(max_length=100, verbose_name='行為者の表示')),
                ('source', models.CharField(choices=[('page', '画面'), ('import', '取込'), ('round', '棚卸')], max_length=10, verbose_name='経路')),
                ('field', models.CharField(max_length=60, verbose_name='項目')),
                ('before', models.TextField(blank=True, verbose_name='変更前')),
                ('after', models.TextField(blank=True, verbose_name='変更後')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='行為者')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '変更履歴',
                'ordering': ['procedure', '-at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='codedvalue',
            name='procedure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coded_values', to='procedures.procedure', verbose_name='手続'),
        ),
        migrations.CreateModel(
            name='Resemblance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('likeness', models.PositiveSmallIntegerField(verbose_name='似ている度合い(%)')),
                ('verdict', models.CharField(blank=True, choices=[('different', '別の手続'), ('same', '同じ手続')], max_length=10, verbose_name='判定')),
                ('judged_at', models.DateTimeField(blank=True, null=True, verbose_name='判定日時')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure', verbose_name='手続')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='判定した人')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure', verbose_name='似た手続')),
            ],
            options={
                'verbose_name': '重複の候補',
                'ordering': ['-likeness', 'first', 'second'],
            "constraints": [models.UniqueConstraint(fields=('first', 'second'), name='procedures_one_resemblance_per_pair'),models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='procedures_resemblance_in_order'),models.CheckConstraint(condition=models.Q(('verdict', ''), ('judged_at__isnull', False), _connector='OR'), name='procedures_verdict_has_its_time')],},
        ),
        migrations.CreateModel(
            name='Volume',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='期間の初日')),
                ('ends_on', models.DateField(verbose_name='期間の末日')),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='総件数')),
                ('online', models.PositiveIntegerField(blank=True, null=True, verbose_name='オンライン')),
                ('counter', models.PositiveIntegerField(blank=True, null=True, verbose_name='窓口')),
                ('post', models.PositiveIntegerField(blank=True, null=True, verbose_name='郵送')),
                ('other', models.PositiveIntegerField(blank=True, null=True, verbose_name='その他')),
                ('precision', models.CharField(choices=[('exact', '実数'), ('estimate', '概数・推定')], default='exact', max_length=10, verbose_name='精度')),
                ('source', models.CharField(max_length=200, verbose_name='出典')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volumes', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '年間件数',
                'ordering': ['procedure', '-starts_on'],
            "constraints": [models.UniqueConstraint(fields=('procedure', 'starts_on'), name='procedures_one_volume_per_period'),models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='procedures_volume_ends_after_start'),models.CheckConstraint(condition=models.Q(('online__isnull', True), ('total__isnull', True), ('online__lte', models.F('total')), _connector='OR'), name='procedures_volume_online_within_total')],},
        ),
        migrations.AddIndex(
            model_name='codedvalue',
            index=models.Index(fields=['code', 'procedure'], name='procedures_by_code'),
        ),
        migrations.AddConstraint(
            model_name='codedvalue',
            constraint=models.UniqueConstraint(fields=('procedure', 'code'), name='procedures_one_coded_value'),
        ),
    ]
