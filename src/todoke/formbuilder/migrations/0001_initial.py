
import django.db.models.deletion
import django.utils.timezone
import todoke.formbuilder.models.submission
import todoke.formbuilder.models.upload
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='様式コード')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('document', models.JSONField(verbose_name='文書')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='保存回数')),
                ('edited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='最終保存日時')),
                ('edited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存者')),
            ],
            options={
                'verbose_name': '様式案',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('document', models.JSONField(verbose_name='文書')),
                ('hash', models.CharField(max_length=64, verbose_name='ハッシュ')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='公開のメモ')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='公開日時')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='formbuilder.formdraft', verbose_name='様式案')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公開者')),
            ],
            options={
                'verbose_name': '様式の版',
                'ordering': ['draft', 'number'],
            "constraints": [models.UniqueConstraint(fields=('draft', 'number'), name='formbuilder_one_version_per_number')],},
        ),
        migrations.CreateModel(
            name='PublicationSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.JSONField(verbose_name='文書')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='公開のメモ')),
                ('publish_at', models.DateTimeField(verbose_name='公開日時')),
                ('status', models.CharField(choices=[('waiting', '公開待ち'), ('done', '公開済み'), ('cancelled', '取消し')], default='waiting', max_length=10, verbose_name='状態')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='formbuilder.formdraft', verbose_name='様式案')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='予定した人')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='formbuilder.formversion', verbose_name='様式の版')),
            ],
            options={
                'verbose_name': '公開予定',
                'ordering': ['publish_at'],
            "constraints": [models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('draft',), name='formbuilder_one_waiting_schedule_per_draft')],},
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.formbuilder.models.submission.new_token, max_length=40, unique=True, verbose_name='合言葉')),
                ('status', models.CharField(choices=[('draft', '記入中'), ('submitted', '送信済み')], default='draft', max_length=10, verbose_name='状態')),
                ('purpose', models.CharField(choices=[('real', '申請'), ('test', '試し申請')], default='real', max_length=10, verbose_name='目的')),
                ('language', models.CharField(default='ja', max_length=10, verbose_name='表示言語')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='開始日時')),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='保存日時')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='送信日時')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='formbuilder.formversion', verbose_name='様式の版')),
            ],
            options={
                'verbose_name': '申請内容',
                'ordering': ['-started_at', '-pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('status', 'draft'), ('submitted_at__isnull', True)), models.Q(('status', 'submitted'), ('submitted_at__isnull', False)), _connector='OR'), name='formbuilder_submitted_has_its_time')],},
        ),
        migrations.CreateModel(
            name='MigrationNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='引き継いだ先の版')),
                ('reason', models.CharField(choices=[('new', 'new'), ('gone', 'gone'), ('options', 'options'), ('kind', 'kind'), ('repeat', 'repeat'), ('check', 'check'), ('hidden', 'hidden')], max_length=10, verbose_name='理由')),
                ('question', models.CharField(max_length=60, verbose_name='設問')),
                ('row', models.PositiveIntegerField(default=0, verbose_name='行')),
                ('label', models.CharField(max_length=300, verbose_name='設問の文')),
                ('typed', models.TextField(blank=True, verbose_name='書いた内容')),
                ('message', models.CharField(max_length=500, verbose_name='知らせ')),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='知らせた日時')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='読んだ日時')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='migration_notices', to='formbuilder.submission', verbose_name='申請内容')),
            ],
            options={
                'verbose_name': '引継ぎの知らせ',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60, verbose_name='設問')),
                ('row', models.PositiveIntegerField(default=0, verbose_name='行')),
                ('part', models.CharField(blank=True, max_length=60, verbose_name='部分')),
                ('value', models.TextField(verbose_name='回答')),
                ('normal', models.CharField(blank=True, max_length=300, verbose_name='正規化した回答')),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='回答日時')),
                ('superseded_at', models.DateTimeField(blank=True, null=True, verbose_name='補正された日時')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='formbuilder.submission', verbose_name='申請内容')),
            ],
            options={
                'verbose_name': '回答',
                'ordering': ['pk'],
            "indexes": [models.Index(fields=['question', 'normal'], name='formbuilder_answer_normal')],"constraints": [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('submission', 'question', 'row', 'part'), name='formbuilder_one_current_answer_per_place')],},
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=todoke.formbuilder.models.upload.new_token, max_length=40, unique=True, verbose_name='合言葉')),
                ('question', models.CharField(max_length=60, verbose_name='設問')),
                ('row', models.PositiveIntegerField(default=0, verbose_name='行')),
                ('name', models.CharField(max_length=200, verbose_name='ファイル名')),
                ('path', models.CharField(max_length=120, unique=True, verbose_name='保存場所')),
                ('media_type', models.CharField(max_length=60, verbose_name='種類')),
                ('size', models.PositiveIntegerField(verbose_name='大きさ')),
                ('sha256', models.CharField(max_length=64, verbose_name='ハッシュ')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='添付日時')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='取消し日時')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='formbuilder.submission', verbose_name='申請内容')),
            ],
            options={
                'verbose_name': '添付書類',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FormReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hash', models.CharField(max_length=64, verbose_name='ハッシュ')),
                ('request', models.CharField(blank=True, max_length=300, verbose_name='見てほしいところ')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='頼んだ日時')),
                ('status', models.CharField(choices=[('waiting', '確認待ち'), ('approved', '確認済み'), ('returned', '差戻し'), ('replaced', '頼み直し')], default='waiting', max_length=10, verbose_name='状態')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='答えた日時')),
                ('comment', models.CharField(blank=True, max_length=500, verbose_name='意見')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='頼んだ人')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確かめた人')),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='formbuilder.formdraft', verbose_name='様式案')),
            ],
            options={
                'verbose_name': '公開前の確認',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('draft',), name='formbuilder_one_waiting_review_per_draft'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('asked_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='formbuilder_reviewer_is_another')],
            },
        ),
    ]
