"""Synonyms, plain names and referrals come with the product; earlier shipped synonyms that misled are replaced."""

from django.db import migrations

from todoke.guidance import seed_data
from todoke.guidance.shipped_data import shipped

MISLED = {
    "転入": "越してき、引っ越してき、移り住、転入",
    "転出": "出ていく、区外へ、区外に、転出",
    "児童手当": "子ども手当、こども手当、子供手当、子育て手当、児童手当",
    "出生 児童手当": "赤ちゃん、生まれた、産まれた、出産した、出生届、子どもが生まれ、子供が生まれ",
    "保育給付認定 保育所等の利用": "保育園、保育所、ほいくえん、幼稚園、こども園、預けたい",
    "離婚 児童扶養手当": "離婚届、別れた、離婚",
    "戸籍の附票 戸籍": "戸籍謄本、戸籍抄本、戸籍をとりたい、戸籍が欲しい、除籍",
    "個人番号カード": "マイナンバーカード、マイナカード、個人番号カード、カードをなくし",
    "個人番号": "マイナンバー、個人番号",
    "死亡 埋葬": "亡くなった、死んだ、死亡届、他界、なくなりました",
    "埋葬又は火葬": "葬式、お葬式、火葬",
    "要介護認定 要支援認定 介護": "介護認定、要介護、要支援、ヘルパー、親の介護、デイサービス",
    "身体障害者手帳 精神障害者保健福祉手帳": "障害者手帳、手帳をとりたい、障がい者手帳、身障手帳",
    "納税証明書": "課税証明、所得証明、非課税証明",
    "徴収猶予 減免 免除": "払えない、納められない、待ってほしい",
    "不在者投票": "投票に行けない、期日前、不在者投票、郵便投票、選挙",
    "旅券": "パスポート、旅券",
    "廃棄物": "あき缶、ゴミ、ごみ、粗大",
    "災害": "り災、罹災",
    "営業 食品 届出": "店を開、開業、お店、飲食店",
    "年金": "年金",
    "相続 承継": "相続",
}
"""What was meant and said before; rows that staff have changed since are kept."""


def ship(apps, schema_editor):
    synonym = apps.get_model("guidance", "Synonym")
    for means, said in MISLED.items():
        keys = [seed_data.search_key(word) for word in said.split("、")]
        synonym.objects.filter(said__in=keys, means=means).delete()
    seed_data.add_missing(synonym, "said", seed_data.synonym_rows().values())
    seed_data.add_missing(apps.get_model("guidance", "PlainName"), "title", shipped("plain_names"))
    seed_data.add_missing(apps.get_model("guidance", "Referral"), "title", shipped("referrals"))


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_vocabulary")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
