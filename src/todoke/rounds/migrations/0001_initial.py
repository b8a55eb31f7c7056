
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
        ('procedures', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True, verbose_name='棚卸コード')),
                ('title', models.CharField(max_length=100, verbose_name='名称')),
                ('starts_on', models.DateField(verbose_name='件数の期間の初日')),
                ('ends_on', models.DateField(verbose_name='件数の期間の末日')),
                ('due_on', models.DateField(verbose_name='回答期限')),
                ('opened_at', models.DateTimeField(verbose_name='開始日時')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='終了日時')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='開始した人')),
            ],
            options={
                'verbose_name': '棚卸',
                'ordering': ['-opened_at'],
            "constraints": [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='rounds_round_period')],},
        ),
        migrations.CreateModel(
            name='RoundSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='回答日時')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='催促した日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_sheets', to='organization.department', verbose_name='部署')),
                ('returned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='回答した人')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='rounds.round', verbose_name='棚卸')),
            ],
            options={
                'verbose_name': '棚卸票',
                'ordering': ['round', 'department__code'],
            "constraints": [models.UniqueConstraint(fields=('round', 'department'), name='rounds_one_sheet_per_section')],},
        ),
        migrations.CreateModel(
            name='RoundRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(blank=True, choices=[('kept', '確認済み'), ('abolished', '廃止した'), ('elsewhere', 'ほかの課の手続')], max_length=10, verbose_name='確認')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='確認日時')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確認した人')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='round_rows', to='procedures.procedure', verbose_name='手続')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='rounds.roundsheet', verbose_name='棚卸票')),
            ],
            options={
                'verbose_name': '棚卸の行',
                'ordering': ['sheet', 'procedure'],
            "constraints": [models.UniqueConstraint(fields=('sheet', 'procedure'), name='rounds_one_row_per_sheet'),models.CheckConstraint(condition=models.Q(('answer', ''), ('answered_at__isnull', False), _connector='OR'), name='rounds_answer_has_its_time')],},
        ),
        migrations.CreateModel(
            name='MergedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('field', models.CharField(max_length=100, verbose_name='項目')),
                ('base', models.TextField(blank=True, verbose_name='配ったときの値')),
                ('ours', models.TextField(blank=True, verbose_name='いまの台帳の値')),
                ('theirs', models.TextField(blank=True, verbose_name='ブックの値')),
                ('outcome', models.CharField(choices=[('taken', '反映した'), ('conflict', '食い違い'), ('defect', '不備'), ('theirs', 'ブックの値にした'), ('ours', '台帳の値にした')], max_length=10, verbose_name='結果')),
                ('problem', models.CharField(blank=True, max_length=400, verbose_name='何が違うか')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('procedure', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='procedures.procedure', verbose_name='手続')),
                ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='rounds.roundsheet', verbose_name='棚卸票')),
            ],
            options={
                'verbose_name': '合わせたセル',
                'ordering': ['sheet', '-at', 'line'],
            },
        ),
        migrations.CreateModel(
            name='Workbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=20, unique=True, verbose_name='配布番号')),
                ('cells', models.JSONField(verbose_name='配ったときの値')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作成した人')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workbooks', to='rounds.roundsheet', verbose_name='棚卸票')),
            ],
            options={
                'verbose_name': '配布ブック',
                'ordering': ['-pk'],
            },
        ),
    ]
