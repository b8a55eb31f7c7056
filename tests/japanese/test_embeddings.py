"""Vectors of meaning are there only with the extra, and then near where texts mean the same."""

import pytest

from todoke.japanese.embeddings import DIMENSIONS, embedder, is_installed


def test_without_the_extra_there_is_no_model() -> None:
    assert (embedder() is not None) == is_installed()


@pytest.mark.skipif(not is_installed(), reason="the extra semantic is not installed")
def test_a_question_is_nearer_to_what_it_means_than_to_another() -> None:
    model = embedder()
    assert model is not None
    asked, sought = model.questions(["子犬を飼い始めた"]), model.passages(["犬の登録をしたい", "国民年金の免除"])
    near, far = (sought @ asked[0]).tolist()
    assert sought.shape == (2, DIMENSIONS)
    assert near > far
