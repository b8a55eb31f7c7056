"""Default templates 既定の文面: subject and body of each notice until the office publishes its own version.

Placeholders are written {名前}. Every code that ``outbox.enqueue`` may use has a row here, so a text always exists.
"""

from dataclasses import dataclass

FOOT = "\n\nこのメールに心当たりがない場合は、{municipality}へお知らせください。\n{municipality}"


@dataclass(frozen=True)
class DefaultTemplate:
    """A built-in template: its title for the office, its subject and its body."""

    title: str
    subject: str
    body: str


DEFAULT_TEMPLATES: dict[str, DefaultTemplate] = {
    "case-received": DefaultTemplate(
        "受付のお知らせ",
        "【{municipality}】申請を受け付けました(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の申請を受け付けました。\n\n受付番号: {number}\n受付日時: {received_at}\n\n"
        "いまの状況は、次のページで確かめられます。\n{url}" + FOOT,
    ),
    "fee-paid": DefaultTemplate(
        "納付のお知らせ",
        "【{municipality}】手数料を受け取りました(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の手数料 {fee} を受け取りました。\n\n領収番号: {receipt}\n受付番号: {number}\n\n"
        "領収の内容は、次のページで確かめられます。\n{page}" + FOOT,
    ),
    "fee-unpaid-again": DefaultTemplate(
        "手数料をあらためてお願いするお知らせ",
        "【{municipality}】手数料の支払が成立していませんでした(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の手数料 {fee} の支払が、決済事業者で成立していないことがわかりました。"
        "お金は引き落とされていません。申請の内容はそのまま残っています。\n\n次のページから、あらためてお支払いください。\n"
        "{page}" + FOOT,
    ),
    "case-code": DefaultTemplate(
        "確認番号のお知らせ",
        "【{municipality}】確認番号",
        "確認番号は {code} です。{minutes}分以内に画面へ入力してください。" + FOOT,
    ),
    "case-correction": DefaultTemplate(
        "補正のお願い",
        "【{municipality}】申請の内容を直してください(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の申請について、直していただきたいところがあります。\n\n{items}\n\n"
        "{due}までに、次のページで直してください。ほかの回答はそのまま残っています。\n{url}" + FOOT,
    ),
    "case-decided": DefaultTemplate(
        "審査結果のお知らせ",
        "【{municipality}】審査が終わりました(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の審査が終わりました。結果の通知書は、次のページで受け取れます。\n{url}" + FOOT,
    ),
    "case-withdrawn": DefaultTemplate(
        "取下げのお知らせ",
        "【{municipality}】申請の取下げを受け付けました(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の申請の取下げを受け付けました。" + FOOT,
    ),
    "case-message": DefaultTemplate(
        "担当からの連絡",
        "【{municipality}】申請について担当から連絡があります(受付番号 {number})",
        "{name} 様\n\n「{procedure}」の申請について、担当から連絡があります。内容は、次のページで読めます。\n{url}"
        + FOOT,
    ),
    "case-question": DefaultTemplate(
        "申請者からの連絡",
        "【{municipality}】申請者から連絡がありました({number})",
        "{name} 様\n\n担当している「{procedure}」({number})に、申請者から連絡がありました。\n{url}\n\n{municipality}",
    ),
    "opinion-asked": DefaultTemplate(
        "意見照会",
        "【{municipality}】意見照会が届きました({number})",
        "{name} 様\n\n「{procedure}」({number})について、意見照会が届きました。{due}回答してください。\n{url}\n\n"
        "{municipality}",
    ),
    "opinion-answered": DefaultTemplate(
        "意見照会の回答",
        "【{municipality}】意見照会に回答がありました({number})",
        "{name} 様\n\n「{procedure}」({number})の意見照会に回答がありました。\n{url}\n\n{municipality}",
    ),
    "broadcast": DefaultTemplate(
        "一斉のお知らせ",
        "【{municipality}】{subject}",
        "{body}\n\nこのお知らせは、受け取りを希望した方に送っています。やめるときや変えるときは、次のページを開いてください。"
        "\n{url}\n\n{municipality}",
    ),
    "file-link": DefaultTemplate(
        "ファイルの受け渡し",
        "【{municipality}】ファイルをお渡しします({until}まで)",
        "{name} 様\n\n{note}\n\nファイル: {file}({size})\n受け取り期限: {until}\n\n次のページから受け取ってください。"
        "受け取った日時は記録されます。ほかの人に知らせないでください。\n{url}" + FOOT,
    ),
    "draft-link": DefaultTemplate(
        "続きのリンク",
        "【{municipality}】申請の続きのリンク",
        "「{procedure}」の入力の続きは、次のリンクを開いてください。まだ申請は終わっていません。\n{url}\n\n"
        "リンクは{days}日のあいだ使えます。ほかの人に知らせないでください。" + FOOT,
    ),
    "reconfirmation": DefaultTemplate(
        "現況届のお願い",
        "【{municipality}】「{procedure}」の提出のお願い({due}まで)",
        "{name} 様\n\n「{procedure}」を、{due}までに出してください。前の内容が入っています。"
        "変わりがなければ、一度押すだけで終わります。\n{url}\n\nこのリンクは、ほかの人に知らせないでください。" + FOOT,
    ),
    "round-reminder": DefaultTemplate(
        "棚卸の催促",
        "【{municipality}】「{round}」の回答をお願いします({due}まで)",
        "{section} の皆さま\n\n「{round}」の回答が、まだ終わっていません。未回答の手続は{left}件です。\n"
        "期限は{due}です。職員のページの「手続の台帳」→「棚卸」から、画面か Excel のブックで回答してください。"
        "もう出したときは、「回答を終える」を押してください。" + FOOT,
    ),
    "proposal-waiting": DefaultTemplate(
        "決裁のお願い",
        "【{municipality}】決裁をお願いします({number})",
        "{name} 様\n\n「{title}」({number})があなたの番になりました。\n{url}\n\n{municipality}",
    ),
    "proposal-settled": DefaultTemplate(
        "決裁結果のお知らせ",
        "【{municipality}】{outcome}({number})",
        "{name} 様\n\n「{title}」({number})は「{outcome}」となりました。\n{url}\n\n{municipality}",
    ),
    "commitment-due": DefaultTemplate(
        "宿題のお知らせ",
        "【{municipality}】宿題の期限が近づいています({number})",
        "{name} 様\n\n{body}の宿題があります。\n\n{number}\n{what}\n期限: {due}\n\n"
        "次のページで回答してください。\n{url}\n\n{municipality}",
    ),
    "incident-notice": DefaultTemplate(
        "障害のお知らせ",
        "【{municipality}】{subject}",
        "{name} 様\n\n{body}\n\n経過は、次のページで確かめられます。\n{url}\n\n{municipality}",
    ),
    "change-notice": DefaultTemplate(
        "システムの停止・変更のお知らせ",
        "【{municipality}】{system}の{kind}について({starts}から)",
        "{name} 様\n\n{system}について、次の予定があります。\n\n{title}\n{starts}から{ends}まで\n"
        "停止中の代わりの方法: {alternative}\n重なる予定: {clashes}\n\n"
        "窓口への掲示と、受付の調整をお願いします。都合の悪い日時であれば、早めにDX推進の担当へ知らせてください。\n"
        "{url}\n\n{municipality}",
    ),
    "failure-digest": DefaultTemplate(
        "配達できなかった通知のまとめ",
        "【{municipality}】配達できなかった通知が{count}件あります",
        "{day}までの24時間に、次の通知が届きませんでした。\n\n{lines}\n\n宛先を確かめ、電話や郵便など別の方法で"
        "お知らせしてください。\n{municipality}",
    ),
}
