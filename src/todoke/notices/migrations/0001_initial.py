
import django.core.validators
import django.db.models.deletion
import todoke.notices.models.message
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
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9-]+$')], verbose_name='コード')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
            ],
            options={
                'verbose_name': '通知の文面',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FileLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.notices.models.message.new_token, max_length=24, unique=True, verbose_name='整理番号')),
                ('email', models.EmailField(max_length=254, verbose_name='相手のメールアドレス')),
                ('name', models.CharField(max_length=100, verbose_name='相手の名前')),
                ('note', models.TextField(blank=True, max_length=1000, verbose_name='ことば')),
                ('file_name', models.CharField(max_length=200, verbose_name='ファイル名')),
                ('path', models.CharField(max_length=200, verbose_name='置き場所')),
                ('size', models.PositiveBigIntegerField(verbose_name='大きさ')),
                ('sha256', models.CharField(max_length=64, verbose_name='照合値')),
                ('placed_at', models.DateTimeField(auto_now_add=True, verbose_name='渡した日時')),
                ('expires_at', models.DateTimeField(verbose_name='期限')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='取り消した日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='渡す部署')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='渡した人')),
            ],
            options={
                'verbose_name': 'ファイルの受け渡し',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='日時')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='notices.filelink', verbose_name='ファイルの受け渡し')),
            ],
            options={
                'verbose_name': '受け取りの記録',
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='TemplateVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('subject', models.CharField(max_length=200, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('starts_on', models.DateField(verbose_name='適用開始日')),
                ('published_at', models.DateTimeField(auto_now_add=True, verbose_name='公開日時')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='notices.template', verbose_name='文面')),
            ],
            options={
                'verbose_name': '文面の版',
                'ordering': ['template', 'number'],
            "constraints": [models.UniqueConstraint(fields=('template', 'number'), name='notices_one_version_per_number'),models.UniqueConstraint(fields=('template', 'starts_on'), name='notices_one_version_per_day')],},
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.notices.models.message.new_token, max_length=24, unique=True, verbose_name='整理番号')),
                ('code', models.CharField(max_length=60, verbose_name='文面コード')),
                ('email', models.EmailField(max_length=254, verbose_name='宛先')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='宛名')),
                ('subject', models.CharField(max_length=300, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('about', models.CharField(db_index=True, max_length=120, verbose_name='対象')),
                ('written_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('erased_at', models.DateTimeField(null=True, verbose_name='消去日時')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.templateversion', verbose_name='文面の版')),
            ],
            options={
                'verbose_name': '通知',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=20, verbose_name='経路')),
                ('status', models.CharField(choices=[('queued', '送信待ち'), ('sent', '送信済み'), ('delayed', '一時的な失敗'), ('failed', '配達不能'), ('returned', '返戻'), ('held', '留め置き'), ('discarded', '送付の取りやめ')], default='queued', max_length=10, verbose_name='状態')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='試行回数')),
                ('problem', models.CharField(blank=True, max_length=200, verbose_name='失敗の理由')),
                ('queued_at', models.DateTimeField(auto_now_add=True, verbose_name='登録日時')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='確定日時')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='notices.message', verbose_name='通知')),
            ],
            options={
                'verbose_name': '配達',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['status', 'queued_at'], name='notices_delivery_status')],
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='notices_one_delivery_per_channel')],
            },
        ),
    ]
