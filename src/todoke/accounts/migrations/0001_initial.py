
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RateLimitCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.CharField(max_length=64, unique=True, verbose_name='誰の何の枠か')),
                ('window', models.PositiveBigIntegerField(verbose_name='時間枠')),
                ('hits', models.PositiveIntegerField(verbose_name='使った回数')),
                ('seen_at', models.DateTimeField(auto_now=True, verbose_name='最後の試行')),
            ],
            options={
                'verbose_name': '試行枠',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='メールアドレス')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='氏名')),
                ('kana', models.CharField(blank=True, max_length=100, verbose_name='氏名(フリガナ)')),
                ('language', models.CharField(default='ja', max_length=10, verbose_name='表示言語')),
                ('is_active', models.BooleanField(default=True, verbose_name='有効')),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='登録日時')),
            ],
            options={
                'verbose_name': '利用者',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_one_account_per_email')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=120, verbose_name='対象')),
                ('code_hash', models.CharField(max_length=64, verbose_name='番号の封印')),
                ('issued_at', models.DateTimeField(verbose_name='発行日時')),
                ('expires_at', models.DateTimeField(verbose_name='有効期限')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='入力回数')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='使用・失効日時')),
            ],
            options={
                'verbose_name': '確認番号',
                'indexes': [models.Index(fields=['subject', '-issued_at'], name='accounts_code_by_subject')],
            },
        ),
    ]
