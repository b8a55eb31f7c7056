"""Words of referrals and synonyms that shipped later replace the earlier ones, unless staff changed them."""

from django.db import migrations

from todoke.guidance import seed_data
from todoke.guidance.shipped_data import shipped

FIRST_WORDS = {
    "粗大ごみの収集": 17, "ごみの分け方・出し方": 18, "印鑑登録と印鑑登録証明書": 9, "国民健康保険に入る・やめる": 15,
    "自転車の駐輪場・撤去された自転車": 8, "飲食店など食品の営業許可": 13, "会社をつくる・個人で事業を始める": 9,
    "失業したときの給付(雇用保険)・仕事さがし": 12, "運転免許": 8, "在留資格(ビザ)・在留カードの更新": 11,
    "自動車の名義・住所の変更、廃車": 8, "り災証明書": 11, "生活保護・生活に困ったときの相談": 8,
}
"""How many of its words a referral had before; the later ones were added behind them."""
MEANT = {word: "自動車" for word in ("車", "くるま", "自動車", "クルマ", "car")}
"""What a word was shipped to mean before."""


def ship(apps, schema_editor):
    referral, synonym = apps.get_model("guidance", "Referral"), apps.get_model("guidance", "Synonym")
    for row in shipped("referrals"):
        if count := FIRST_WORDS.get(row["title"]):
            before = "、".join(row["said"].split("、")[:count])
            referral.objects.filter(title=row["title"], said=before).update(said=row["said"])
    rows = seed_data.synonym_rows()
    for word, before in MEANT.items():
        key = " ".join(seed_data.search_key(word).split())
        if key in rows:
            synonym.objects.filter(said=key, means=before).update(means=rows[key]["means"])
    seed_data.add_missing(synonym, "said", rows.values())
    seed_data.add_missing(referral, "title", shipped("referrals"))


class Migration(migrations.Migration):
    dependencies = [("guidance", "0007_answers")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
