import datetime

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_mailed_link'),
        ('organization', '0002_office_hours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DepartmentMailbox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='メールアドレス')),
                ('way', models.CharField(choices=[('at_once', 'すぐに'), ('digest', '朝にまとめて'), ('none', '受け取らない')], default='at_once', max_length=10, verbose_name='知らせ方')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='決めた日時')),
                ('department', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='mailbox', to='organization.department', verbose_name='部署')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
            ],
            options={
                'verbose_name': '部署のメールボックス',
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'none'])), name='notices_mailbox_way_is_known')],
            },
        ),
        migrations.CreateModel(
            name='NoticePreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('at_once', 'すぐに'), ('digest', '朝にまとめて'), ('none', '受け取らない')], default='digest', max_length=10, verbose_name='知らせ方')),
                ('quiet_from', models.TimeField(default=datetime.time(18, 0), verbose_name='メールを止める時刻')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 30), verbose_name='メールを再び送る時刻')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preference', to=settings.AUTH_USER_MODEL, verbose_name='利用者')),
            ],
            options={
                'verbose_name': '知らせ方の設定',
                'constraints': [models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'none'])), name='notices_way_is_known')],
            },
        ),
        migrations.CreateModel(
            name='OfficeNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('application', '新しい申請'), ('correction', '補正の回答'), ('payment', '納付の問題')], max_length=12, verbose_name='種類')),
                ('about', models.CharField(max_length=120, verbose_name='対象')),
                ('number', models.CharField(max_length=20, verbose_name='受付番号')),
                ('title', models.CharField(max_length=200, verbose_name='件名')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('addressed_at', models.DateTimeField(null=True, verbose_name='宛先を決めた日時')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organization.department', verbose_name='部署')),
                ('only', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='担当者')),
            ],
            options={
                'verbose_name': '職員への知らせ',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('addressed_at', None)), fields=['id'], name='notices_not_addressed'), models.Index(fields=['at'], name='notices_office_notice_at')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'about'), name='notices_one_office_notice_each')],
            },
        ),
        migrations.CreateModel(
            name='NoticeAddressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(verbose_name='知らせる日時')),
                ('told_at', models.DateTimeField(null=True, verbose_name='知らせた日時')),
                ('mailbox', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='notices.departmentmailbox', verbose_name='部署のメールボックス')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='notices.officenotice', verbose_name='職員への知らせ')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='職員')),
            ],
            options={
                'verbose_name': '知らせの宛先',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('told_at', None)), fields=['due_at'], name='notices_to_be_told')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('mailbox__isnull', False), ('user', None)), models.Q(('mailbox', None), ('user__isnull', False)), _connector='OR'), name='notices_addressee_is_a_person_or_a_mailbox'), models.UniqueConstraint(fields=('notice', 'user'), name='notices_a_person_is_told_once'), models.UniqueConstraint(fields=('notice', 'mailbox'), name='notices_a_mailbox_is_told_once')],
            },
        ),
    ]
