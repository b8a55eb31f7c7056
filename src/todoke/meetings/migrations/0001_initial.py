
import django.db.models.deletion
import django.utils.timezone
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
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='記号')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='名称')),
                ('members', models.ManyToManyField(blank=True, related_name='bodies', to='organization.post', verbose_name='構成員の職位')),
            ],
            options={
                'verbose_name': '会議体',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='宿題番号')),
                ('kind', models.CharField(choices=[('commitment', '宿題'), ('request', '要望'), ('continued', '継続')], default='commitment', max_length=10, verbose_name='種類')),
                ('what', models.TextField(verbose_name='内容')),
                ('due', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('due_text', models.CharField(blank=True, max_length=60, verbose_name='期限(会議録の表記)')),
                ('line', models.PositiveIntegerField(blank=True, null=True, verbose_name='行')),
                ('quote', models.TextField(blank=True, verbose_name='会議録の言葉')),
                ('status', models.CharField(choices=[('open', '未了'), ('answered', '回答済み(確認待ち)'), ('fulfilled', '完了'), ('dropped', '取りやめ')], default='open', max_length=10, verbose_name='状態')),
                ('reminded_on', models.DateField(blank=True, null=True, verbose_name='最後に知らせた日')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='meetings.body', verbose_name='会議体')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='organization.department', verbose_name='担当部署')),
            ],
            options={
                'verbose_name': '宿題',
                'ordering': ['-meeting__held_on', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='回')),
                ('code', models.CharField(editable=False, max_length=40, unique=True, verbose_name='会議番号')),
                ('title', models.CharField(max_length=150, verbose_name='名称')),
                ('held_on', models.DateField(verbose_name='開催日')),
                ('starts_at', models.TimeField(blank=True, null=True, verbose_name='開始')),
                ('ends_at', models.TimeField(blank=True, null=True, verbose_name='終了')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='場所')),
                ('status', models.CharField(choices=[('planned', '開催前'), ('held', '開催済み'), ('recorded', '会議録確定')], default='planned', max_length=10, verbose_name='状態')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.body', verbose_name='会議体')),
            ],
            options={
                'verbose_name': '会議',
                'ordering': ['-held_on', '-sequence'],
            "constraints": [models.UniqueConstraint(fields=('body', 'sequence'), name='meetings_one_meeting_per_sequence'),models.CheckConstraint(condition=models.Q(('starts_at__isnull', True), ('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='meetings_meeting_ends_after_it_starts')],},
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='決定の内容')),
                ('line', models.PositiveIntegerField(blank=True, null=True, verbose_name='行')),
                ('quote', models.TextField(blank=True, verbose_name='会議録の言葉')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='meetings.meeting', verbose_name='会議')),
            ],
            options={
                'verbose_name': '決定',
                'ordering': ['meeting', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommitmentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('made', '登録'), ('answered', '回答'), ('returned', '再回答の求め'), ('moved', '期限の変更'), ('fulfilled', '完了'), ('dropped', '取りやめ'), ('reminded', 'お知らせ'), ('brought_up', '議題に登録')], max_length=12, verbose_name='出来事')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('evidence', models.TextField(blank=True, verbose_name='根拠')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='日時')),
                ('by_label', models.CharField(max_length=100, verbose_name='行った人(表記)')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='行った人')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='meetings.commitment', verbose_name='宿題')),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='meetings.decision', verbose_name='決定')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting', verbose_name='会議')),
            ],
            options={
                'verbose_name': '宿題の経過',
                'ordering': ['commitment', 'at', 'pk'],
            "constraints": [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'fulfilled'), _negated=True), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='meetings_fulfilled_with_evidence'),models.CheckConstraint(condition=models.Q(models.Q(('kind', 'moved'), _negated=True), ('decision__isnull', False), _connector='OR'), name='meetings_moved_by_decision'),models.CheckConstraint(condition=models.Q(models.Q(('kind', 'dropped'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='meetings_dropped_with_reason')],},
        ),
        migrations.AddField(
            model_name='commitment',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='meetings.meeting', verbose_name='生まれた会議'),
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('expected', '予定'), ('present', '出席'), ('proxy', '代理出席'), ('absent', '欠席')], default='expected', max_length=10, verbose_name='出欠')),
                ('proxy', models.CharField(blank=True, max_length=100, verbose_name='代理の職・氏名')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='organization.post', verbose_name='職位')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='meetings.meeting', verbose_name='会議')),
            ],
            options={
                'verbose_name': '出欠',
                'ordering': ['meeting', 'post__department__code', 'post'],
            "constraints": [models.UniqueConstraint(fields=('meeting', 'post'), name='meetings_one_attendance_per_post'),models.CheckConstraint(condition=models.Q(models.Q(('status', 'proxy'), _negated=True), models.Q(('proxy', ''), _negated=True), _connector='OR'), name='meetings_a_proxy_is_named')],},
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='順')),
                ('kind', models.CharField(choices=[('decide', '協議'), ('report', '報告'), ('commitment', '宿題'), ('other', 'その他')], default='report', max_length=10, verbose_name='種類')),
                ('title', models.CharField(max_length=200, verbose_name='議題名')),
                ('outcome', models.TextField(blank=True, verbose_name='結果')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.department', verbose_name='担当部署')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='meetings.commitment', verbose_name='宿題')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting', verbose_name='会議')),
            ],
            options={
                'verbose_name': '議題',
                'ordering': ['meeting', 'position'],
            "constraints": [models.UniqueConstraint(fields=('meeting', 'position'), name='meetings_one_item_per_position'),models.UniqueConstraint(fields=('meeting', 'commitment'), name='meetings_a_commitment_comes_up_once'),models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', False), ('kind', 'commitment')), models.Q(models.Q(('kind', 'commitment'), _negated=True), ('commitment__isnull', True)), _connector='OR'), name='meetings_commitment_items_name_one')],},
        ),
        migrations.CreateModel(
            name='MeetingDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='資料番号')),
                ('title', models.CharField(max_length=200, verbose_name='資料名')),
                ('file', models.FileField(blank=True, upload_to='meetings/', verbose_name='ファイル')),
                ('disclosure', models.CharField(choices=[('public', '公開'), ('partial', '一部公開'), ('closed', '非公開')], default='public', max_length=10, verbose_name='公開区分')),
                ('closed_reason', models.CharField(blank=True, max_length=300, verbose_name='公開しない理由')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='meetings.meeting', verbose_name='会議')),
            ],
            options={
                'verbose_name': '会議資料',
                'ordering': ['meeting', 'number'],
            "constraints": [models.UniqueConstraint(fields=('meeting', 'number'), name='meetings_one_document_per_number'),models.CheckConstraint(condition=models.Q(('disclosure', 'public'), models.Q(('closed_reason', ''), _negated=True), _connector='OR'), name='meetings_closing_a_paper_has_a_reason')],},
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='本文')),
                ('reading', models.JSONField(verbose_name='読み取り結果')),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='取込日時')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='meetings.meeting', verbose_name='会議')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='取り込んだ人')),
            ],
            options={
                'verbose_name': '会議録',
                'ordering': ['-uploaded_at'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='会議録のなかの順', verbose_name='番号')),
                ('kind', models.CharField(choices=[('decision', '決定'), ('commitment', '宿題'), ('request', '要望'), ('continued', '継続')], max_length=10, verbose_name='種類')),
                ('what', models.TextField(verbose_name='内容')),
                ('owner', models.CharField(blank=True, max_length=100, verbose_name='担当(会議録の表記)')),
                ('due_text', models.CharField(blank=True, max_length=60, verbose_name='期限(会議録の表記)')),
                ('due', models.DateField(blank=True, null=True, verbose_name='期限')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('quote', models.TextField(verbose_name='会議録の言葉')),
                ('status', models.CharField(choices=[('proposed', '未確認'), ('accepted', '採用'), ('passed', '見送り')], default='proposed', max_length=10, verbose_name='状態')),
                ('judged_at', models.DateTimeField(blank=True, null=True, verbose_name='確かめた日時')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確かめた人')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='meetings.minutes', verbose_name='会議録')),
            ],
            options={
                'verbose_name': '候補',
                'ordering': ['minutes', 'number'],
            "constraints": [models.UniqueConstraint(fields=('minutes', 'number'), name='meetings_one_suggestion_per_number'),models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('status', 'proposed')), models.Q(models.Q(('status', 'proposed'), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='meetings_a_judged_suggestion_has_a_time')],},
        ),
        migrations.AddField(
            model_name='decision',
            name='suggestion',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='meetings.suggestion', verbose_name='候補'),
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(fields=['status', 'due', 'number'], name='meetings_by_due'),
        ),
    ]
