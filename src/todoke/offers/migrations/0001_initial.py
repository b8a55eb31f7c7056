
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('approvals', '0001_initial'),
        ('formbuilder', '0001_initial'),
        ('organization', '0001_initial'),
        ('procedures', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='公開コード')),
                ('opens_at', models.DateTimeField(verbose_name='受付開始')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='受付終了')),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='空欄は定員なし', null=True, verbose_name='定員')),
                ('closing_reason', models.CharField(blank=True, max_length=200, verbose_name='終了・停止の理由')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='organization.department', verbose_name='担当部署')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': 'オンライン受付',
                'ordering': ['code'],
            "constraints": [models.CheckConstraint(condition=models.Q(('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='offers_offer_closes_after_opening')],},
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('matter', models.CharField(blank=True, help_text='決裁ルートの区分を選ぶ', max_length=40, verbose_name='件名の種類')),
                ('standard_days', models.PositiveSmallIntegerField(help_text='開庁日の日数', verbose_name='標準処理期間')),
                ('identity', models.CharField(choices=[('none', '本人確認は不要'), ('account', 'アカウントでのログイン'), ('document', '本人確認書類の写し'), ('card', 'マイナンバーカード')], default='none', max_length=10, verbose_name='本人確認の方法')),
                ('delivery', models.CharField(max_length=200, verbose_name='受け取り方')),
                ('minutes', models.PositiveSmallIntegerField(default=10, help_text='分', verbose_name='入力の目安')),
                ('notes', models.TextField(blank=True, verbose_name='この版で変わったこと')),
                ('effective_at', models.DateTimeField(verbose_name='適用開始')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='公開日時')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='formbuilder.formversion', verbose_name='様式の版')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='offers.offer', verbose_name='オンライン受付')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公開した人')),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='approvals.route', verbose_name='決裁ルート')),
            ],
            options={
                'verbose_name': '公開版',
                'ordering': ['offer__code', '-number'],
            "constraints": [models.UniqueConstraint(fields=('offer', 'number'), name='offers_one_release_per_number'),models.CheckConstraint(condition=models.Q(('standard_days__gte', 1)), name='offers_release_has_a_period')],},
        ),
        migrations.CreateModel(
            name='LetterText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('grant', '認容の通知'), ('partly', '一部認容の通知'), ('refuse', '却下の通知')], max_length=10, verbose_name='種類')),
                ('title', models.CharField(max_length=100, verbose_name='標題')),
                ('opening', models.TextField(verbose_name='本文')),
                ('appeal', models.TextField(blank=True, verbose_name='教示')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='offers.release', verbose_name='公開版')),
            ],
            options={
                'verbose_name': '通知書の文言',
                'ordering': ['pk'],
            "constraints": [models.UniqueConstraint(fields=('release', 'kind'), name='offers_one_letter_text_per_kind')],},
        ),
        migrations.CreateModel(
            name='FeeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100, verbose_name='名目')),
                ('amount', models.PositiveIntegerField(help_text='円', verbose_name='単価')),
                ('revenue_code', models.CharField(max_length=20, verbose_name='歳入科目')),
                ('unit_question', models.CharField(blank=True, max_length=100, verbose_name='数量の設問')),
                ('when_question', models.CharField(blank=True, max_length=100, verbose_name='適用する設問')),
                ('when_value', models.CharField(blank=True, max_length=200, verbose_name='適用する回答')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='offers.release', verbose_name='公開版')),
            ],
            options={
                'verbose_name': '手数料の行',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FeeExemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=100, verbose_name='減免の事由')),
                ('percent', models.PositiveSmallIntegerField(help_text='%', verbose_name='減額の割合')),
                ('when_question', models.CharField(max_length=100, verbose_name='適用する設問')),
                ('when_value', models.CharField(max_length=200, verbose_name='適用する回答')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='offers.release', verbose_name='公開版')),
            ],
            options={
                'verbose_name': '減免の定め',
                'ordering': ['pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(('percent__gte', 1), ('percent__lte', 100)), name='offers_exemption_is_a_share')],},
        ),
    ]
