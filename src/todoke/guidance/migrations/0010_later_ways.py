"""Ways of asking and words of referrals that shipped later replace the earlier ones, unless staff changed them."""

from django.db import migrations

from todoke.guidance import seed_data
from todoke.guidance.shipped_data import shipped

FIRST_WAYS = {
    "新たに市町村の区域内に住所を定めた者の転入届出": 11,
    "転出届（第24条の２第1項及び第２項の規定の適用を受ける場合）": 14,
    "転出届（第24条の２第1項及び第２項の規定の適用を受ける場合を除く。）": 14,
    "市町村の区域内で住所変更した者の転居届出": 9,
    "中長期在留者等が住所を定めた場合の転入届": 8,
    "本人等による住民票の写し等の交付請求": 6,
    "戸籍謄抄本（記録事項証明書）の交付請求": 6,
    "戸籍の届出（出生）": 7,
    "戸籍の届出（死亡）": 8,
    "戸籍の届出（婚姻）": 6,
    "戸籍の届出（離婚）": 4,
    "埋葬又は火葬の許可の申請": 3,
    "改葬の許可の申請": 5,
    "個人番号カードの紛失の届出": 6,
    "個人番号カードの再交付申請": 4,
    "個人番号カードの交付申請書を市町村長経由で提出する手続き": 3,
    "個人番号カードの交付申請書を機構に提出する手続き": 2,
    "利用者証明用電子証明書の発行の申請": 5,
    "署名用電子証明書の発行の申請": 3,
    "児童手当の認定の請求": 4,
    "児童手当の額改定請求(増額)": 3,
    "妊娠の届出": 5,
    "教育・保育給付認定の申請": 7,
    "自立支援医療費の支給認定の申請": 5,
    "補装具費の支給に関する申請": 4,
    "要介護認定の申請": 10,
    "居宅介護住宅改修費の支給申請": 4,
    "介護予防住宅改修費の支給申請": 1,
    "国民年金被保険者資格取得届（申出）書・国民年金被保険者種別変更（第１号被保険者該当）届書": 4,
    "徴収猶予の申請": 8,
    "納税証明書の交付の請求": 4,
    "犬の登録の申請・登録・鑑札の交付": 5,
    "犬の死亡又は登録事項変更の届出": 3,
    "犬の所有者変更の届出": 2,
    "一般旅券の発給申請（電子手続による）": 5,
    "就学校の指定変更の申立": 6,
    "区域外就学の届出": 3,
    "保護開始の申請": 7,
    "世帯又は世帯主の変更に関する届出": 6,
    "年金受給者の死亡の届出": 3,
    "個人の市町村民税の申告": 5,
    "固定資産税の住宅用地に関する申告": 4,
    "要介護更新認定の申請": 3,
    "高額介護サービス費の支給申請": 3,
    "高額介護合算療養費の支給申請": 3,
    "児童扶養手当認定の請求": 3,
    "戸籍の届出（氏の変更）": 3,
    "不在者投票用紙等の請求": 3,
    "特定医療費の支給認定の申請": 2,
    "所得税の確定申告": 4,
    "年金をもらう・相談する": 4,
    "粗大ごみの収集": 8,
    "ごみの分け方・出し方": 8,
    "課税証明書・非課税証明書・所得証明書": 5,
    "印鑑登録と印鑑登録証明書": 4,
    "国民健康保険に入る・やめる": 5,
    "予防接種(ワクチン)": 3,
    "飲食店など食品の営業許可": 2,
    "失業したときの給付(雇用保険)・仕事さがし": 3,
    "運転免許": 3,
    "自動車の名義・住所の変更、廃車": 3,
    "原動機付自転車(125cc以下のバイク)": 4,
    "生活保護・生活に困ったときの相談": 4,
    "水道・下水道の使用と料金": 3,
}
"""How many ways of asking shipped before; the later ones were added behind them."""
FIRST_WORDS = {"粗大ごみの収集": 21, "ごみの分け方・出し方": 22, "生活保護・生活に困ったときの相談": 17}


def ship(apps, schema_editor):
    asked = shipped("asked")
    name, referral = apps.get_model("guidance", "PlainName"), apps.get_model("guidance", "Referral")
    seed_data.add_missing(name, "title", seed_data.with_questions(shipped("plain_names"), asked))
    for title, count in FIRST_WAYS.items():
        before = "、".join(asked[title].split("、")[:count])
        for model in (name, referral):
            model.objects.filter(title=title, asked=before).update(asked=asked[title])
    for row in shipped("referrals"):
        if count := FIRST_WORDS.get(row["title"]):
            before = "、".join(row["said"].split("、")[:count])
            referral.objects.filter(title=row["title"], said=before).update(said=row["said"])


class Migration(migrations.Migration):
    dependencies = [("guidance", "0009_faq_vectors")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
