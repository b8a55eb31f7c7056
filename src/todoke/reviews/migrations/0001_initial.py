
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('procedures', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='見直し番号')),
                ('position', models.PositiveSmallIntegerField(editable=False, verbose_name='順番')),
                ('subject', models.CharField(choices=[('seal', '押印・署名'), ('paper', '添付書類'), ('visit', '対面'), ('fee', '手数料'), ('writing', '氏名・住所の記入')], max_length=10, verbose_name='対象')),
                ('mark', models.CharField(blank=True, choices=[('plain', '認印'), ('registered', '実印'), ('official', '職印'), ('signature', '署名')], max_length=12, verbose_name='押印・署名の種類')),
                ('what', models.CharField(max_length=200, verbose_name='求めているもの')),
                ('times', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='書く回数')),
                ('source', models.CharField(choices=[('survey', '国の調査の記載'), ('staff', '職員の記入')], default='staff', max_length=10, verbose_name='もとになった記載')),
                ('decision', models.CharField(blank=True, choices=[('abolish', '廃止'), ('replace', '代替'), ('keep', '存続')], max_length=10, verbose_name='決定')),
                ('reason', models.CharField(blank=True, choices=[('law', '国の法令が定めている'), ('prefecture', '都道府県の条例・規則が定めている'), ('registered', '登録した印で意思を確かめる必要がある'), ('contract', '契約や権利の得喪にかかわる'), ('third_party', '国や金融機関など、相手が定めた様式である'), ('original', '原本でなければ確かめられない'), ('in_person', '本人や物の状態を直接確かめる必要がある'), ('needed', '審査に必要で、ほかの方法では分からない'), ('ordinance', '受益者の負担として条例で定めている'), ('other', 'そのほか(補足に書く)')], max_length=12, verbose_name='存続の理由')),
                ('substitute', models.CharField(blank=True, choices=[('name', '記名(印字でもよい)'), ('identity', '本人確認書類の提示'), ('login', 'オンライン申請での本人確認'), ('card', 'マイナンバーカードの電子署名'), ('call', '電話での確認'), ('linkage', '庁内・国の情報連携での確認'), ('copy', '写しや画像'), ('video', 'オンラインの面談'), ('epayment', 'オンラインでの納付'), ('post', '郵送'), ('prefill', '一度書けば写る様式')], max_length=12, verbose_name='代わりの手段')),
                ('note', models.TextField(blank=True, verbose_name='補足')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='実施日')),
                ('recheck_on', models.DateField(blank=True, null=True, verbose_name='再点検の日')),
                ('approver_label', models.CharField(blank=True, max_length=100, verbose_name='決定した人の表示')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決定日時')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='記入日時')),
                ('approver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決定した人')),
                ('basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='procedures.legalbasis', verbose_name='根拠')),
                ('paper_form', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='procedures.paperform', verbose_name='様式')),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='procedures.procedure', verbose_name='手続')),
            ],
            options={
                'verbose_name': '見直し',
                'ordering': ['number'],
                'indexes': [models.Index(fields=['subject', 'decision'], name='reviews_reviews_decided')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('mark__in', ['plain', 'registered', 'official', 'signature']), ('subject', 'seal')), models.Q(models.Q(('subject', 'seal'), _negated=True), ('mark', '')), _connector='OR'), name='reviews_review_of_a_seal_has_its_kind'), models.CheckConstraint(condition=models.Q(models.Q(('subject', 'writing'), _negated=True), ('times__isnull', False), _connector='OR'), name='reviews_review_of_writing_has_times'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'keep'), _negated=True), models.Q(('reason__in', ['law', 'prefecture', 'registered', 'contract', 'third_party', 'other']), ('subject', 'seal')), models.Q(('reason__in', ['law', 'prefecture', 'original', 'third_party', 'needed', 'other']), ('subject', 'paper')), models.Q(('reason__in', ['law', 'prefecture', 'in_person', 'original', 'other']), ('subject', 'visit')), models.Q(('reason__in', ['law', 'prefecture', 'ordinance', 'other']), ('subject', 'fee')), models.Q(('reason__in', ['law', 'prefecture', 'third_party', 'needed', 'other']), ('subject', 'writing')), _connector='OR'), name='reviews_what_stays_has_a_reason'), models.CheckConstraint(condition=models.Q(('decision', 'keep'), ('reason', ''), _connector='OR'), name='reviews_only_what_stays_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='reviews_other_reason_is_written'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'keep'), _negated=True), ('recheck_on__isnull', False), _connector='OR'), name='reviews_what_stays_is_rechecked'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'replace'), models.Q(models.Q(('subject', 'seal'), ('substitute__in', ['name', 'identity', 'login', 'card', 'call'])), models.Q(('subject', 'paper'), ('substitute__in', ['linkage', 'copy', 'identity', 'name'])), models.Q(('subject', 'visit'), ('substitute__in', ['login', 'video', 'call', 'post'])), models.Q(('subject', 'fee'), ('substitute__in', ['epayment'])), models.Q(('subject', 'writing'), ('substitute__in', ['prefill', 'linkage'])), _connector='OR')), models.Q(models.Q(('decision', 'replace'), _negated=True), ('substitute', '')), _connector='OR'), name='reviews_what_is_replaced_has_means'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', '')), models.Q(('decided_at__isnull', False), ('decision__in', ['abolish', 'replace', 'keep']), ('effective_on__isnull', False), models.Q(('approver_label', ''), _negated=True)), _connector='OR'), name='reviews_decision_has_approver_and_date'), models.UniqueConstraint(condition=models.Q(('paper_form__isnull', True)), fields=('procedure', 'subject', 'mark', 'what'), name='reviews_one_review_of_a_thing'), models.UniqueConstraint(fields=('procedure', 'paper_form', 'subject', 'mark', 'what'), name='reviews_one_review_on_a_form')],
            },
        ),
    ]
