from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0004_session_epoch"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign_up", "アカウントの登録"),
                            ("new_password", "パスワードの作り直し"),
                            ("mail", "ログインについてのメール"),
                        ],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="表示言語")),
                ("content", models.TextField(verbose_name="内容(暗号化)")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="申し込んだ日時")),
            ],
            options={"verbose_name": "アカウントの申し込み"},
        ),
    ]
