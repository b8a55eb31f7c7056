"""A person who hears an English page hears what stays Japanese on it in Japanese."""

from django.conf import settings
from django.test import Client

from todoke.web.japanese_runs import mark_japanese


def test_a_name_of_the_ward_is_marked_inside_an_english_sentence() -> None:
    page = mark_japanese('<p title="区">Ask the desk of みらい区 office, 生活衛生課.</p>')
    assert page == (
        '<p title="区">Ask the desk of <span lang="ja">みらい区</span> office, <span lang="ja">生活衛生課</span>.</p>'
    )


def test_a_date_and_a_law_stay_one_run() -> None:
    assert mark_japanese("<p>第4条(登録)、第5条</p>") == '<p><span lang="ja">第4条(登録)、第5条</span></p>'
    assert mark_japanese("<p>2026年5月3日</p>") == '<p><span lang="ja">2026年5月3日</span></p>'


def test_what_is_marked_already_and_what_is_typed_stay() -> None:
    page = '<title>届け</title><span lang="ja">届け</span><button lang="ja">日本語</button><textarea>届け</textarea>'
    assert mark_japanese(page) == page


def test_english_words_are_not_marked() -> None:
    assert mark_japanese("<p>Moving in (2 copies)</p>") == "<p>Moving in (2 copies)</p>"


def test_only_english_pages_are_marked(client: Client, db: None) -> None:
    assert '<span lang="ja">' not in client.get("/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/")
    assert '<span lang="ja">(届け)</span>' in page.content.decode()
    assert int(page.headers["Content-Length"]) == len(page.content)
