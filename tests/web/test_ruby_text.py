"""A person who chose easy Japanese reads every kanji; what they typed and what machines read stays as it is."""

from django.conf import settings
from django.test import Client

from todoke.web.ruby_text import add_ruby


def test_text_gets_ruby_and_attributes_do_not() -> None:
    page = add_ruby('<p title="申請">申請する</p>')
    assert page == '<p title="申請"><ruby>申請<rt>しんせい</rt></ruby>する</p>'


def test_what_is_typed_stays_plain() -> None:
    page = "<title>申請</title><textarea>申請</textarea><select><option>窓口</option></select><script>申請</script>"
    assert add_ruby(page) == page


def test_marks_of_html_stay_escaped() -> None:
    assert add_ruby("<p>&lt;窓口&gt; &amp;</p>") == "<p>&lt;<ruby>窓口<rt>まどぐち</rt></ruby>&gt; &amp;</p>"


def test_only_easy_japanese_has_furigana(client: Client, db: None) -> None:
    assert "<ruby>" not in client.get("/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ja-easy"
    page = client.get("/")
    assert "<ruby>" in page.content.decode()
    assert int(page.headers["Content-Length"]) == len(page.content)
