
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='名前')),
                ('source', models.CharField(choices=[('till', '窓口レジ'), ('agent', '決済事業者・端末'), ('bank', '銀行')], max_length=10, verbose_name='出どころ')),
                ('type_code', models.CharField(blank=True, help_text='固定長のときだけ。入出金は03、振込入金は01', max_length=2, verbose_name='全銀の種別コード')),
                ('day', models.CharField(max_length=200, verbose_name='業務日')),
                ('kind', models.CharField(blank=True, max_length=200, verbose_name='区分')),
                ('reference', models.CharField(max_length=200, verbose_name='照合番号')),
                ('yen', models.CharField(max_length=200, verbose_name='金額')),
                ('fee_yen', models.CharField(blank=True, max_length=200, verbose_name='手数料')),
                ('payout', models.CharField(blank=True, max_length=200, verbose_name='入金番号')),
                ('payout_on', models.CharField(blank=True, max_length=200, verbose_name='入金予定日')),
                ('direction', models.CharField(blank=True, max_length=200, verbose_name='入払区分')),
            ],
            options={
                'verbose_name': '列テンプレート',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PeriodLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='業務日')),
                ('locked_at', models.DateTimeField(auto_now_add=True, verbose_name='締めた日時')),
            ],
            options={
                'verbose_name': '締め',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='調定番号')),
                ('token', models.CharField(editable=False, max_length=43, unique=True, verbose_name='支払リンク')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('yen', models.PositiveIntegerField(help_text='円', verbose_name='金額')),
                ('applied_on', models.DateField(help_text='この日に有効な手数料による', verbose_name='申請日')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='納期限')),
                ('assessed_at', models.DateTimeField(verbose_name='調定日時')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消日時')),
                ('assessed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='調定した人')),
            ],
            options={
                'verbose_name': '調定',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DayClose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='業務日')),
                ('opened_at', models.DateTimeField(verbose_name='開始日時')),
                ('matched', models.PositiveIntegerField(default=0, verbose_name='一致した件数')),
                ('prepared_at', models.DateTimeField(blank=True, null=True, verbose_name='作成日時')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='確認日時')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='始めた人')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成した人')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確認した人')),
            ],
            options={
                'verbose_name': '日計',
                'ordering': ['-day'],
            "constraints": [models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='payments_day_is_signed_by_another')],},
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('difference', models.CharField(choices=[('captured_not_acknowledged', '決済済みだが、当方に記録がない'), ('acknowledged_not_captured', '当方は納付済みだが、事業者に記録がない'), ('amount_differs', '金額が違う'), ('refund_missing', '還付が事業者に届いていない'), ('payout_date_missing', '入金予定日がない'), ('payout_differs', '入金額が違う、または入金がない'), ('cash_differs', '現金の過不足'), ('charged_back', '取消請求(チャージバック)'), ('duplicate', '二重'), ('unknown', '当方に該当がない')], max_length=30, verbose_name='区分')),
                ('reference', models.CharField(max_length=64, verbose_name='照合番号')),
                ('line', models.CharField(blank=True, max_length=12, verbose_name='明細の種類')),
                ('our_yen', models.BigIntegerField(help_text='円', null=True, verbose_name='当方の金額')),
                ('their_yen', models.BigIntegerField(help_text='円', null=True, verbose_name='相手の金額')),
                ('explanation', models.CharField(blank=True, max_length=300, verbose_name='対応')),
                ('explained_at', models.DateTimeField(blank=True, null=True, verbose_name='対応日時')),
                ('day_close', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='payments.dayclose', verbose_name='日計')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='対応した人')),
            ],
            options={
                'verbose_name': '差異',
                'ordering': ['difference', 'pk'],
            "constraints": [models.UniqueConstraint(fields=('day_close', 'difference', 'reference'), name='payments_each_difference_is_listed_once')],},
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='業務日')),
                ('kind', models.CharField(choices=[('assessed', '調定'), ('cancelled', '調定取消'), ('paid', '収納'), ('overpaid', '過誤納'), ('refunded', '還付'), ('chargeback', '取消請求'), ('payout', '入金'), ('deposit', '現金の預入'), ('taken_back', '収納取消'), ('granted', 'ポイント付与'), ('spent', 'ポイント利用'), ('expired', 'ポイント失効'), ('correction', '訂正')], max_length=12, verbose_name='種類')),
                ('about', models.CharField(max_length=80, verbose_name='対象')),
                ('posted_at', models.DateTimeField(verbose_name='記帳日時')),
            ],
            options={
                'verbose_name': '仕訳',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['day', 'kind'], name='payments_journal_day')],
            },
        ),
        migrations.CreateModel(
            name='LedgerLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=24, verbose_name='勘定')),
                ('yen', models.BigIntegerField(help_text='円。借方は正、貸方は負', verbose_name='金額')),
                ('journal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.journal', verbose_name='仕訳')),
            ],
            options={
                'verbose_name': '台帳の行',
                'ordering': ['pk'],
            "indexes": [models.Index(fields=['account'], name='payments_ledger_account')],"constraints": [models.CheckConstraint(condition=models.Q(('yen', 0), _negated=True), name='payments_ledger_line_moves_money')],},
        ),
        migrations.CreateModel(
            name='OpenItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=24, verbose_name='勘定')),
                ('yen', models.BigIntegerField(help_text='円。借方は正、貸方は負', verbose_name='金額')),
                ('against', models.CharField(blank=True, max_length=24, verbose_name='相手勘定')),
                ('waits_for', models.CharField(blank=True, choices=[('capture', 'CAPTURE'), ('refund', 'REFUND'), ('chargeback', 'CHARGEBACK'), ('cash', 'CASH'), ('payout', 'PAYOUT')], max_length=12, verbose_name='待つ明細')),
                ('reference', models.CharField(max_length=64, verbose_name='照合番号')),
                ('expected_yen', models.BigIntegerField(help_text='円', verbose_name='待つ金額')),
                ('opened_on', models.DateField(verbose_name='発生日')),
                ('settled_on', models.DateField(blank=True, null=True, verbose_name='解消日')),
                ('settlement', models.CharField(blank=True, max_length=200, verbose_name='解消の内容')),
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='item', to='payments.finding', verbose_name='差異')),
            ],
            options={
                'verbose_name': '未済項目',
                'ordering': ['opened_on', 'pk'],
            "indexes": [models.Index(fields=['settled_on', 'waits_for'], name='payments_item_open')],},
        ),
        migrations.CreateModel(
            name='PaymentSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.CharField(max_length=5, verbose_name='収納機関番号')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='納付番号')),
                ('confirmation', models.CharField(max_length=6, verbose_name='確認番号')),
                ('division', models.CharField(max_length=3, verbose_name='納付区分')),
                ('issued_on', models.DateField(verbose_name='発行日')),
                ('valid_until', models.DateField(verbose_name='使用期限')),
                ('charge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='payments.charge', verbose_name='調定')),
            ],
            options={
                'verbose_name': '納付書',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PointProgram',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=16, unique=True, verbose_name='事業コード')),
                ('title', models.CharField(max_length=100, verbose_name='事業名')),
                ('points', models.PositiveIntegerField(help_text='1ポイントは1円', verbose_name='付与ポイント')),
                ('starts_on', models.DateField(verbose_name='付与の初日')),
                ('ends_on', models.DateField(verbose_name='付与の末日')),
                ('expires_on', models.DateField(verbose_name='有効期限')),
            ],
            options={
                'verbose_name': 'ポイント事業',
                'ordering': ['-starts_on', 'code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='payments_program_gives_something'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on')), ('expires_on__gte', models.F('ends_on'))), name='payments_program_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PointGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='付与番号')),
                ('holder', models.CharField(help_text='利用者、または読めない形の宛名番号', max_length=60, verbose_name='受け取る人')),
                ('points', models.PositiveIntegerField(verbose_name='付与ポイント')),
                ('left', models.PositiveIntegerField(verbose_name='残り')),
                ('granted_on', models.DateField(verbose_name='付与日')),
                ('expires_on', models.DateField(verbose_name='有効期限')),
                ('expired_on', models.DateField(blank=True, null=True, verbose_name='失効日')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='point_grants', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='payments.pointprogram', verbose_name='事業')),
            ],
            options={
                'verbose_name': 'ポイントの付与',
                'ordering': ['-granted_on', '-pk'],
            "indexes": [models.Index(fields=['expires_on', 'left'], name='payments_points_expiry')],"constraints": [models.UniqueConstraint(fields=('program', 'holder'), name='payments_one_grant_per_person'),models.CheckConstraint(condition=models.Q(('left__lte', models.F('points'))), name='payments_points_left_within_grant')],},
        ),
        migrations.CreateModel(
            name='ProviderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20, verbose_name='決済事業者')),
                ('event', models.CharField(max_length=100, verbose_name='通知番号')),
                ('kind', models.CharField(max_length=40, verbose_name='種類')),
                ('reference', models.CharField(max_length=64, verbose_name='決済番号')),
                ('yen', models.BigIntegerField(help_text='円', verbose_name='金額')),
                ('body_hash', models.CharField(max_length=64, verbose_name='本文の封印')),
                ('happened_at', models.DateTimeField(verbose_name='発生日時')),
                ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='受信日時')),
                ('outcome', models.CharField(max_length=200, verbose_name='扱い')),
            ],
            options={
                'verbose_name': '決済通知',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('provider', 'event'), name='payments_each_event_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='領収番号')),
                ('method', models.CharField(choices=[('cash', '現金(窓口)'), ('card', 'クレジットカード'), ('code', 'コード決済'), ('konbini', 'コンビニ'), ('slip', '納付書')], max_length=10, verbose_name='方法')),
                ('reference', models.CharField(help_text='決済・端末・レジの取引番号', max_length=64, verbose_name='照合番号')),
                ('yen', models.PositiveIntegerField(help_text='円', verbose_name='金額')),
                ('paid_on', models.DateField(help_text='指定納付受託では、委託の申出の日', verbose_name='納付日')),
                ('paid_at', models.DateTimeField(verbose_name='納付日時')),
                ('booked_on', models.DateField(help_text='締めた日に後から届いた納付は、次の開いている日', verbose_name='記帳日')),
                ('arrived_on', models.DateField(blank=True, null=True, verbose_name='入金日')),
                ('taken_back_on', models.DateField(blank=True, help_text='決済が成り立たなかったとき', null=True, verbose_name='収納取消日')),
                ('refunded_yen', models.PositiveIntegerField(default=0, help_text='円', verbose_name='還付済額')),
                ('charge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='payments.charge', verbose_name='調定')),
            ],
            options={
                'verbose_name': '領収',
                'ordering': ['-pk'],
            "indexes": [models.Index(fields=['paid_on', 'method'], name='payments_receipt_day'),models.Index(fields=['booked_on'], name='payments_receipt_booked'),models.Index(fields=['reference'], name='payments_receipt_reference')],"constraints": [models.CheckConstraint(condition=models.Q(('refunded_yen__lte', models.F('yen'))), name='payments_refund_within_paid'),models.UniqueConstraint(fields=('method', 'reference'), name='payments_one_receipt_per_reference')],},
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='還付番号')),
                ('yen', models.PositiveIntegerField(help_text='円', verbose_name='金額')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('decided_on', models.DateField(verbose_name='還付決定日')),
                ('paid_on', models.DateField(blank=True, null=True, verbose_name='支払日')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.receipt', verbose_name='領収')),
            ],
            options={
                'verbose_name': '還付',
                'ordering': ['-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('yen__gt', 0)), name='payments_refund_gives_something')],},
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('till', '窓口レジ'), ('agent', '決済事業者・端末'), ('bank', '銀行')], max_length=10, verbose_name='出どころ')),
                ('name', models.CharField(max_length=200, verbose_name='ファイル名')),
                ('file_hash', models.CharField(max_length=64, unique=True, verbose_name='ファイルの封印')),
                ('imported_at', models.DateTimeField(auto_now_add=True, verbose_name='取込日時')),
                ('imported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取り込んだ人')),
            ],
            options={
                'verbose_name': '明細',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('day', models.DateField(verbose_name='業務日')),
                ('kind', models.CharField(choices=[('capture', '売上'), ('refund', '返金'), ('chargeback', '取消請求'), ('cash', '現金'), ('payout', '入金')], max_length=12, verbose_name='種類')),
                ('reference', models.CharField(max_length=64, verbose_name='照合番号')),
                ('yen', models.BigIntegerField(help_text='円', verbose_name='金額')),
                ('fee_yen', models.PositiveIntegerField(default=0, help_text='円', verbose_name='手数料')),
                ('payout', models.CharField(blank=True, max_length=40, verbose_name='入金番号')),
                ('payout_on', models.DateField(blank=True, null=True, verbose_name='入金予定日')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.statement', verbose_name='明細')),
            ],
            options={
                'verbose_name': '明細の行',
                'ordering': ['pk'],
            "indexes": [models.Index(fields=['day', 'kind'], name='payments_statement_day'),models.Index(fields=['payout'], name='payments_statement_payout')],"constraints": [models.UniqueConstraint(fields=('statement', 'row'), name='payments_one_line_per_statement_row')],},
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True, verbose_name='試みの番号')),
                ('provider', models.CharField(max_length=20, verbose_name='決済事業者')),
                ('method', models.CharField(choices=[('cash', '現金(窓口)'), ('card', 'クレジットカード'), ('code', 'コード決済'), ('konbini', 'コンビニ'), ('slip', '納付書')], max_length=10, verbose_name='方法')),
                ('reference', models.CharField(blank=True, max_length=64, verbose_name='決済番号')),
                ('yen', models.PositiveIntegerField(help_text='円', verbose_name='金額')),
                ('status', models.CharField(choices=[('started', '手続中'), ('pending', '確認中'), ('captured', '決済済'), ('failed', '不成立'), ('cancelled', '中止'), ('charged_back', '取消請求')], default='started', max_length=12, verbose_name='状態')),
                ('requested_at', models.DateTimeField(verbose_name='申出日時')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='結果を知った日時')),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='payments.charge', verbose_name='調定')),
            ],
            options={
                'verbose_name': '支払の試み',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['status', 'requested_at'], name='payments_attempt_waiting'), models.Index(fields=['requested_at'], name='payments_attempt_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('provider', 'reference'), name='payments_one_attempt_per_reference')],
            },
        ),
        migrations.CreateModel(
            name='ChargeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100, verbose_name='名目')),
                ('revenue_code', models.CharField(max_length=20, verbose_name='歳入科目')),
                ('unit_yen', models.PositiveIntegerField(help_text='円', verbose_name='単価')),
                ('quantity', models.PositiveIntegerField(default=1, verbose_name='数量')),
                ('reduced_yen', models.PositiveIntegerField(default=0, help_text='円', verbose_name='減免額')),
                ('yen', models.PositiveIntegerField(help_text='円', verbose_name='金額')),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.charge', verbose_name='調定')),
            ],
            options={
                'verbose_name': '調定の内訳',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('yen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('unit_yen'), '*', models.F('quantity')), '-', models.F('reduced_yen')))), name='payments_line_amount_is_computed')],
            },
        ),
    ]
