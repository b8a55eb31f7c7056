
import django.db.models.deletion
import todoke.cases.models.letter
import todoke.cases.models.reconfirmation
import todoke.cases.models.search_name
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('approvals', '0001_initial'),
        ('formbuilder', '0001_initial'),
        ('notices', '0001_initial'),
        ('offers', '0001_initial'),
        ('organization', '0001_initial'),
        ('payments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuedNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('issued_at', models.DateTimeField(auto_now_add=True, verbose_name='発行日時')),
            ],
            options={
                'verbose_name': '受付番号',
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='受付番号')),
                ('body_hash', models.CharField(max_length=64, verbose_name='申請時の内容の照合値')),
                ('status', models.CharField(choices=[('received', '受付'), ('review', '審査中'), ('correction', '補正依頼'), ('deciding', '決裁中'), ('granted', '認容'), ('partly', '一部認容'), ('refused', '却下'), ('withdrawn', '取下げ')], default='received', max_length=12, verbose_name='状態')),
                ('delivery', models.CharField(choices=[('none', 'なし'), ('making', '作成中'), ('held', '留め置き'), ('failed', '作成できず'), ('ready', '受け取り可'), ('posted', '発送済み'), ('done', '受け取り済み'), ('returned', '返戻')], default='none', max_length=10, verbose_name='交付')),
                ('channel', models.CharField(choices=[('web', 'オンライン'), ('counter', '窓口'), ('post', '郵送'), ('phone', '電話')], max_length=10, verbose_name='受付経路')),
                ('applicant_name', models.CharField(blank=True, max_length=200, verbose_name='申請者の氏名')),
                ('applicant_kana', models.CharField(blank=True, max_length=200, verbose_name='申請者のフリガナ')),
                ('search_name', todoke.cases.models.search_name.SearchNameField(blank=True, default='', editable=False, max_length=400, verbose_name='検索用の氏名')),
                ('applicant_email', models.EmailField(blank=True, max_length=254, verbose_name='連絡先メールアドレス')),
                ('happened_at', models.DateTimeField(verbose_name='申請した日時')),
                ('received_at', models.DateTimeField(verbose_name='受け付けた日時')),
                ('recorded_at', models.DateTimeField(verbose_name='記録した日時')),
                ('takes_effect_on', models.DateField(null=True, verbose_name='効力の生じる日')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='決定した日時')),
                ('due_on', models.DateField(help_text='期間の記録から計算した日。停止中は空', null=True, verbose_name='処理期限')),
                ('decision_reason', models.TextField(blank=True, verbose_name='決定の理由')),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL, verbose_name='申請者')),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assigned_cases', to=settings.AUTH_USER_MODEL, verbose_name='担当者')),
                ('charge', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='case', to='payments.charge', verbose_name='手数料の調定')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='organization.department', verbose_name='担当部署')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='approvals.proposal', verbose_name='起案')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='入力した職員')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='offers.release', verbose_name='公開版')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case', to='formbuilder.submission', verbose_name='申請の内容')),
            ],
            options={
                'verbose_name': '案件',
                'ordering': ['-received_at', '-pk'],
            "indexes": [models.Index(fields=['department', 'status', 'due_on', 'id', 'assignee'], name='cases_by_due'),models.Index(fields=['department', '-received_at', '-id'], name='cases_by_receipt'),models.Index(fields=['assignee', 'status'], name='cases_by_assignee'),models.Index(fields=['department', 'applicant_kana', 'id'], name='cases_by_kana'),models.Index(fields=['applicant_kana', 'id'], name='cases_by_kana_everywhere'),models.Index(fields=['-received_at', '-id'], name='cases_by_receipt_everywhere'),models.Index(fields=['department', 'search_name', 'due_on', 'id'], name='cases_by_person'),models.Index(fields=['department', 'delivery'], name='cases_by_delivery')],"constraints": [models.CheckConstraint(condition=models.Q(('status__in', ['received', 'review', 'correction', 'deciding', 'granted', 'partly', 'refused', 'withdrawn'])), name='cases_status_is_known'),models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('granted', 'partly', 'refused')), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='cases_decided_has_a_time'),models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['refused', 'partly']), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='cases_refusal_states_its_reason')],},
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('act', models.CharField(max_length=60, verbose_name='行為')),
                ('before', models.CharField(blank=True, max_length=12, verbose_name='前の状態')),
                ('after', models.CharField(blank=True, max_length=12, verbose_name='後の状態')),
                ('actor_label', models.CharField(max_length=100, verbose_name='行為者の表示')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('audience', models.CharField(choices=[('all', '申請者にも見える'), ('office', '職員だけに見える')], default='all', max_length=10, verbose_name='見える人')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='行為者')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='cases.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '経過',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CaseMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(choices=[('applicant', '申請者'), ('office', '担当')], max_length=10, verbose_name='書いた側')),
                ('text', models.TextField(max_length=2000, verbose_name='内容')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='相手が見た日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='cases.case', verbose_name='案件')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
            ],
            options={
                'verbose_name': 'やりとり',
                'ordering': ['written_at', 'pk'],
            "indexes": [models.Index(condition=models.Q(('seen_at__isnull', True), ('sender', 'applicant')), fields=['case'], name='cases_unseen_messages')],"constraints": [models.CheckConstraint(condition=models.Q(('sender__in', ['applicant', 'office'])), name='cases_sender_is_known')],},
        ),
        migrations.CreateModel(
            name='ClockRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('start', '起算'), ('pause', '停止'), ('resume', '再開'), ('restart', '起算のやり直し'), ('extend', '延長'), ('stop', '終了')], max_length=10, verbose_name='種類')),
                ('on', models.DateField(verbose_name='日付')),
                ('days', models.PositiveSmallIntegerField(default=0, verbose_name='延長日数')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='記録日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clock_rows', to='cases.case', verbose_name='案件')),
            ],
            options={
                'verbose_name': '期間の記録',
                'ordering': ['pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('act', 'extend'), _negated=True), models.Q(('days__gte', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='cases_an_extension_has_days_and_a_reason')],},
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='申請者へのことば')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='回答の期限')),
                ('requested_at', models.DateTimeField(auto_now_add=True, verbose_name='求めた日時')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='回答のあった日時')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取り消した日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='correction_requests', to='cases.case', verbose_name='案件')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='求めた人')),
            ],
            options={
                'verbose_name': '補正の求め',
                'ordering': ['pk'],
            "constraints": [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True), ('cancelled_at__isnull', True)), fields=('case',), name='cases_one_open_correction')],},
        ),
        migrations.CreateModel(
            name='CorrectionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=100, verbose_name='設問')),
                ('row', models.PositiveSmallIntegerField(default=0, verbose_name='行')),
                ('label', models.CharField(max_length=300, verbose_name='設問の表示')),
                ('reason', models.CharField(choices=[('missing', '記入がない'), ('mistake', '記入に誤りがある'), ('unreadable', '書類が読み取れない'), ('paper', '書類が足りない'), ('mismatch', '書類と一致しない'), ('expired', '書類の期限が切れている'), ('other', 'そのほか')], max_length=12, verbose_name='理由の種類')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='説明')),
                ('before', models.TextField(blank=True, verbose_name='補正前の回答')),
                ('after', models.TextField(blank=True, verbose_name='補正後の回答')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='回答のあった日時')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='cases.correctionrequest', verbose_name='補正の求め')),
            ],
            options={
                'verbose_name': '補正事項',
                'ordering': ['pk'],
            "constraints": [models.UniqueConstraint(fields=('request', 'question', 'row'), name='cases_one_item_per_answer'),models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='cases_other_reason_is_explained')],},
        ),
        migrations.CreateModel(
            name='DecisionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('granted', '認容する'), ('partly', '一部を認容する'), ('refused', '却下する')], max_length=12, verbose_name='決定')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='理由')),
                ('takes_effect_on', models.DateField(blank=True, null=True, verbose_name='効力の生じる日')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='起案日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decision_drafts', to='cases.case', verbose_name='案件')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起案した人')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decision_drafts', to='approvals.proposal', verbose_name='起案')),
            ],
            options={
                'verbose_name': '決定案',
                'ordering': ['pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('outcome', 'granted'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='cases_a_refusal_is_drafted_with_its_reason')],},
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('web', 'オンライン'), ('counter', '窓口'), ('post', '郵送'), ('phone', '電話')], default='web', max_length=10, verbose_name='受付経路')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='開始日時')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='送信日時')),
                ('applicant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='begun', to=settings.AUTH_USER_MODEL, verbose_name='申請者')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代わりに入力する職員')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='offers.release', verbose_name='公開版')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='formbuilder.submission', verbose_name='記入内容')),
            ],
            options={
                'verbose_name': '申請の下書き',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='HeldMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('held_at', models.DateTimeField(auto_now_add=True, verbose_name='留め置いた日時')),
                ('outcome', models.CharField(blank=True, choices=[('sent', '送った'), ('discarded', '送るのをやめた')], max_length=10, verbose_name='扱い')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='決めた日時')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held_mails', to='cases.case', verbose_name='案件')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='held_mail', to='notices.delivery', verbose_name='配達')),
            ],
            options={
                'verbose_name': '留め置いた通知',
                'ordering': ['-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('outcome', '')), models.Q(('decided_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='cases_a_decided_mail_has_an_outcome')],},
        ),
        migrations.CreateModel(
            name='LetterBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('requested_at', models.DateTimeField(auto_now_add=True, verbose_name='求めた日時')),
                ('total', models.PositiveIntegerField(verbose_name='通知書の数')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='できた数')),
                ('made_at', models.DateTimeField(null=True, verbose_name='できた日時')),
                ('file', models.CharField(blank=True, max_length=200, verbose_name='通知書のファイル')),
                ('addresses', models.CharField(blank=True, max_length=200, verbose_name='宛名シートのファイル')),
                ('problem', models.TextField(blank=True, verbose_name='作れない理由')),
                ('posted_at', models.DateTimeField(null=True, verbose_name='発送を記録した日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='担当部署')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='求めた人')),
            ],
            options={
                'verbose_name': '通知書の一括印刷',
                'ordering': ['-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('posted_at__isnull', True), ('made_at__isnull', False), _connector='OR'), name='cases_a_posted_batch_was_made')],},
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('kind', models.CharField(choices=[('grant', '認容の通知'), ('partly', '一部認容の通知'), ('refuse', '却下の通知')], max_length=10, verbose_name='種類')),
                ('data', models.JSONField(verbose_name='印字内容の写し')),
                ('drawn_up_at', models.DateTimeField(auto_now_add=True, verbose_name='作成を求めた日時')),
                ('held_at', models.DateTimeField(null=True, verbose_name='留め置いた日時')),
                ('released_at', models.DateTimeField(null=True, verbose_name='留め置きを解いた日時')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取りやめた日時')),
                ('made_at', models.DateTimeField(null=True, verbose_name='印刷物になった日時')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='letters/%Y/%m/', verbose_name='ファイル')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='照合値')),
                ('size', models.PositiveIntegerField(null=True, verbose_name='大きさ')),
                ('problem', models.TextField(blank=True, verbose_name='作成できない理由')),
                ('opened_at', models.DateTimeField(null=True, verbose_name='申請者が受け取った日時')),
                ('posted_at', models.DateTimeField(null=True, verbose_name='発送した日時')),
                ('returned_at', models.DateTimeField(null=True, verbose_name='返戻を記録した日時')),
                ('return_reason', models.CharField(blank=True, max_length=200, verbose_name='返戻の理由')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='cases.case', verbose_name='案件')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='cases.letterbatch', verbose_name='一括印刷')),
            ],
            options={
                'verbose_name': '通知書',
                'ordering': ['pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('made_at__isnull', True), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='cases_a_made_letter_has_its_hash'),models.CheckConstraint(condition=models.Q(('made_at__isnull', True), ('held_at__isnull', True), ('released_at__isnull', False), _connector='OR'), name='cases_a_held_letter_is_not_made'),models.CheckConstraint(condition=models.Q(('returned_at__isnull', True), models.Q(('posted_at__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='cases_a_returned_letter_was_posted'),models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('case', 'kind'), name='cases_one_letter_per_kind')],},
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='内容')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='cases.case', verbose_name='案件')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
            ],
            options={
                'verbose_name': '内部メモ',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('question', models.TextField(max_length=2000, verbose_name='照会の内容')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='回答の期限')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='照会日時')),
                ('answer', models.TextField(blank=True, max_length=4000, verbose_name='回答')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='回答日時')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='取り下げた日時')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='回答した人')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='照会した人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='cases.case', verbose_name='案件')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='照会先')),
            ],
            options={
                'verbose_name': '意見照会',
                'ordering': ['asked_at', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='cases_an_answered_opinion_has_words')],},
        ),
        migrations.CreateModel(
            name='ReconfirmationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='開始日時')),
                ('due_on', models.DateField(verbose_name='提出期限')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='offers.offer', verbose_name='現況届の手続')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='開始した人')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offers.offer', verbose_name='もとの手続')),
            ],
            options={
                'verbose_name': '現況届の回',
                'ordering': ['-year', 'pk'],
            "constraints": [models.UniqueConstraint(fields=('source', 'year'), name='cases_one_round_per_year'),models.CheckConstraint(condition=models.Q(('year__gte', 2000)), name='cases_round_has_a_year')],},
        ),
        migrations.CreateModel(
            name='Reconfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.reconfirmation.new_token, max_length=40, unique=True, verbose_name='合言葉')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='催促した日時')),
                ('reminders', models.PositiveSmallIntegerField(default=0, verbose_name='催促の回数')),
                ('held_at', models.DateTimeField(null=True, verbose_name='留め置いた日時')),
                ('released_at', models.DateTimeField(null=True, verbose_name='留め置きを解いた日時')),
                ('answer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_to', to='cases.case', verbose_name='提出')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reconfirmations', to='cases.case', verbose_name='もとの案件')),
                ('draft', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reconfirmation', to='cases.draft', verbose_name='申請の下書き')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='cases.reconfirmationround', verbose_name='現況届の回')),
            ],
            options={
                'verbose_name': '現況届',
                'ordering': ['pk'],
            "constraints": [models.UniqueConstraint(fields=('round', 'case'), name='cases_asked_once_a_round'),models.CheckConstraint(condition=models.Q(('answer__isnull', True), models.Q(('answer', models.F('case')), _negated=True), _connector='OR'), name='cases_answer_is_another_case')],},
        ),
        migrations.CreateModel(
            name='Representation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('legal', '法定代理人(親権者、成年後見人など)'), ('mandate', '本人から頼まれた代理人'), ('helper', '本人のそばで入力を手伝う人')], max_length=10, verbose_name='代理の種類')),
                ('name', models.CharField(max_length=100, verbose_name='代理人の氏名')),
                ('relation', models.CharField(max_length=50, verbose_name='本人との関係')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='代理人の電話番号')),
                ('authority', models.CharField(help_text='委任状、戸籍、登記事項証明書、本人の同席など', max_length=200, verbose_name='代理の根拠')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='代理の期限')),
                ('declared_at', models.DateTimeField(auto_now_add=True, verbose_name='申し出た日時')),
                ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='代理人の利用者')),
                ('draft', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='representation', to='cases.draft', verbose_name='申請の下書き')),
            ],
            options={
                'verbose_name': '代理',
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('authority', ''), _negated=True)), name='cases_agent_names_the_authority')],},
        ),
        migrations.CreateModel(
            name='ReusedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=100, verbose_name='設問')),
                ('row', models.PositiveIntegerField(default=0, verbose_name='行')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reused_answers', to='cases.draft', verbose_name='申請の下書き')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case', verbose_name='引用元の案件')),
            ],
            options={
                'verbose_name': '引用',
            "constraints": [models.UniqueConstraint(fields=('draft', 'question', 'row'), name='cases_one_reuse_per_answer')],},
        ),
        migrations.CreateModel(
            name='StopFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.cases.models.letter.new_token, max_length=32, unique=True, verbose_name='整理番号')),
                ('name', models.CharField(max_length=200, verbose_name='氏名')),
                ('key', models.CharField(db_index=True, max_length=64, verbose_name='照合値')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(verbose_name='終了日')),
                ('lifted_at', models.DateTimeField(null=True, verbose_name='解除日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stop_flags', to='organization.department', verbose_name='担当部署')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
            ],
            options={
                'verbose_name': '支援措置',
                'ordering': ['-starts_on', '-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='cases_flag_ends_after_start')],},
        ),
    ]
