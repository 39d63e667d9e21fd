"""Whose own words a sentence is: turns, first-person releases, joint statements; and what of these is no statement."""

import re

from kg.extract.context import DocContext
from kg.extract.cues import lexicon
from kg.extract.model import ActorRef, Paragraph, Sentence, Span

_FIRST = {"i", "we", "my", "our", "me", "us", "mine", "ours", "myself", "ourselves", "i'm", "we're"}
_MANY = {"half", "dozens", "hundreds", "thousands", "millions", "billions", "%", "percent"}
_WORD = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+(?=[A-Z])")
_BULLET = re.compile(r"^\s*([•▪●◦*–-]|\(?[a-z0-9]{1,3}[.)])\s")


def of(ctx: DocContext, sentence: Sentence) -> ActorRef | None:
    """Who speaks the whole sentence as their own words: the turn's speaker, else the voice of the document."""
    if sentence.turn is not None:
        return sentence.turn if sentence.turn.parties else None
    if ctx.frame.kind == "transcript" and any(p.turn is not None for p in ctx.paragraphs):
        return None  # words outside of turns, such as a note of the publisher
    return ctx.frame.voice


def has_words(sentence: Sentence) -> bool:
    """Whether the sentence says anything: two words at least."""
    return sum(t.is_alpha for t in sentence.span) >= 2


def speaks(ctx: DocContext, sentence: Sentence, voice: ActorRef) -> bool:
    """Whether a sentence in somebody's voice is a statement: no salutation, no sound, in a release no bare fact."""
    if not _WORD.search(sentence.text()) or _is_sound(sentence.text()) or _is_courtesy(ctx, sentence):
        return False
    if is_item(ctx, sentence):
        return False
    if ctx.frame.kind == "first-person" and not _is_spoken(ctx):
        return _takes_a_stand(sentence)
    return not (sentence.text().rstrip().endswith(":") and not any(t.pos_ in {"VERB", "AUX"} for t in sentence.span))


def _is_spoken(ctx: DocContext) -> bool:
    """Whether the title calls the document remarks, a speech or the like."""
    title = " ".join([ctx.document.title or "", *(p.doc.text for p in ctx.paragraphs if p.kind == "title")]).casefold()
    labels = ctx.gazetteer.concepts.get("frame", {}).get("spoken", ())
    return any(re.search(rf"\b{re.escape(label.casefold())}\b", title) for label in labels)


def _is_sound(text: str) -> bool:
    return bool(re.fullmatch(r"\W*[\[(][^\])]*[\])]\W*", text.strip()))


def _is_courtesy(ctx: DocContext, sentence: Sentence) -> bool:
    """A bare greeting, thanks without a reason, or a form of address."""
    words = [t for t in sentence.span if not t.is_punct and not t.is_space]
    if (
        len(words) > 25
        or any(t.pos_ == "AUX" for t in words)
        or not any(lexicon().has(t.lower_, "courtesy") for t in words)
    ):
        return False
    plain = [t for t in words if not lexicon().has(t.lower_, "courtesy") and t.pos_ not in {"DET", "ADP", "CCONJ"}]
    return all(t.pos_ == "PROPN" or (t.is_title and not t.is_sent_start) for t in plain)


def is_item(ctx: DocContext, sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list that the sentence before it, ending in a colon, took in."""
    return _BULLET.match(ctx.text[sentence.paragraph.start : sentence.end]) is not None and _opens_list(
        ctx, sentence.paragraph
    )


def _opens_list(ctx: DocContext, paragraph: Paragraph) -> bool:
    index = paragraph.index
    while index > 0:
        before = ctx.paragraphs[index - 1]
        text = ctx.text[before.start : before.end]
        if text.endswith(":"):
            return not _is_sentence(paragraph)
        if not _BULLET.match(text) or text.endswith("."):
            return False
        index -= 1
    return False


def whole(ctx: DocContext, sentence: Sentence) -> Span:
    """Offsets of the sentence; one that ends in a colon takes in the items of the list that follows."""
    listed = items(ctx, sentence)
    number = (
        _NUMBER.match(ctx.text, sentence.start, sentence.end) if sentence.start == sentence.paragraph.start else None
    )
    start = number.end() if number else sentence.start
    if not listed:
        return start, sentence.end
    end = listed[-1][1]
    return start, end + ctx.text.startswith(".", end)


def items(ctx: DocContext, sentence: Sentence) -> list[Span]:
    """Offsets of the items of the list that a sentence ending in a colon opens, without bullets and final stops."""
    out: list[Span] = []
    paragraph = sentence.paragraph
    if ctx.text[sentence.end - 1] != ":" or sentence.end != paragraph.end:
        return out
    for after in ctx.paragraphs[paragraph.index + 1 :]:
        text = ctx.text[after.start : after.end]
        bullet = _BULLET.match(text)
        if not bullet:
            break
        words = re.sub(r"[;,.]?\s*(?:and|or)?[;,.]?\s*$", "", text[bullet.end() :])
        if _is_sentence(after):
            break
        if words:
            out.append((after.start + bullet.end(), after.start + bullet.end() + len(words)))
        if text.endswith("."):
            break
    return out


def _is_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a numbered sentence rather than an item of a list."""
    text = paragraph.doc.text
    finite = any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in paragraph.doc)
    return bool(re.match(r"\(?\d{1,3}[.)]", text)) and text.rstrip().endswith(".") and finite


def _takes_a_stand(sentence: Sentence) -> bool:
    """In a first-person release: first person, what will be, agreement or appraisal; a bare fact or figure is none."""
    words = sentence.span
    lexical = lexicon()
    if any(t.lower_ in _FIRST for t in words):
        return True
    root = words.root
    if root.tag_ == "VB" and not any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in root.children):
        return False  # See the joint statement ...
    subjects = [c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}]
    if not subjects or any(
        s.is_digit or s.lemma_.lower() in {"today", "year", "month", "day", "century"} for s in subjects
    ):
        return False
    if any(t.tag_ == "MD" for t in words):
        return True
    cue = lexical.speech(root.lemma_.lower())
    passive = any(c.dep_ == "nsubjpass" for c in root.children)
    if cue & {"agreement", "undertaking", "plan", "talk", "matter", "clause"} and root.pos_ == "VERB" and not passive:
        return True
    if _is_figure(sentence):
        return False
    return any(lexical.has(t.lemma_.lower(), "appraisal") or lexical.has(t.lower_, "appraisal") for t in words)


def _is_figure(sentence: Sentence) -> bool:
    """A rank, count or amount that is the point of the sentence and not joined to an appraisal as predicate."""
    numbers = any(t.like_num or t.is_currency or t.lower_ in _MANY for t in sentence.span)
    superlative = any(t.tag_ in {"JJS", "RBS"} or t.lemma_.lower() == "top" for t in sentence.span)
    predicate = any(
        lexicon().has(t.lemma_.lower(), "appraisal")
        and (t.head.dep_ in {"attr", "acomp"} or t.dep_ in {"attr", "acomp"})
        for t in sentence.span
    )
    return (numbers or superlative) and not predicate
