"""Whether what a verb or noun tells is asserted, or stands under negation, denial, refusal, hope or mere possibility.

Asked of every act alike: meetings, documents, commitments, statements, topics. The words are labels of the cue scheme
(``denial``, ``refusal``, ``wish``).
"""

# ruff: noqa: SIM905 (lists of words read best as words)

from typing import TYPE_CHECKING, Literal

from kg.extract import clauses
from kg.extract.cues import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

Standing = Literal["", "wished", "possible", "refused", "denied", "negated"]
_NOT_DONE = frozenset({"refused", "denied", "negated"})
_SCOPE = {"xcomp", "ccomp", "pcomp", "advcl", "acl", "dobj", "nsubjpass", "pobj", "conj"}
_WITHOUT = {"without", "instead"}
_REPORTS = set("report claim allegation rumour rumor suggestion assertion speculation news notion idea".split())
_OFFERS = _REPORTS | set("offer proposal plan request invitation".split())
_OCCUR = {"take", "happen", "occur", "materialise", "materialize", "proceed"}
_ABLE = {"ready", "willing", "prepared", "able"}
_UNTOLD = {"clause", "matter", "address", "belief"}  # under "did not say that" nothing is asserted


def standing(token: "Token", own: bool = True) -> Standing:
    """How far what a word tells is asserted: "" where it is, else the nearest word that takes it back; `own` tells
    whether the words beside it count ("did not meet") or only what stands above ("refused to meet").

    >>> from kg.extract.language import load
    >>> [standing(t) for t in load()("Peru refused to sign the treaty.") if t.lemma_ == "sign"]
    ['refused']
    """
    return _look(token, own)[0]


def taken_back_by(token: "Token") -> "Token | None":
    """The word by which what a word tells did not happen: itself under "not", "decline" of "declined to commit", "made"
    of "made no promise" where that is negated; None where it happened.
    """
    found, word = _look(token, True)
    return word if found in _NOT_DONE else None


def _look(token: "Token", own: bool) -> "tuple[Standing, Token]":
    here = token
    if own and (beside := _own(here)):
        return beside, here
    for _ in range(8):
        above = here.head
        if here.dep_ == "prep" and here.lower_ in {"of", "about"} and above.lemma_.lower() in _REPORTS:
            here = above  # reports of a meeting
            continue
        if here.dep_ == "nsubj" and above.lemma_.lower() in _OCCUR:
            return ("negated" if _negation(above) else ""), above
        if above == here or here.dep_ not in _SCOPE or _describes(here, above):
            return "", token
        if found := _under(here, above):
            return found, above if above.lower_ in _WITHOUT else _verb_of(above)
        if clauses.is_verb(here) and here.dep_ == "advcl" and not clauses.is_infinitive(here):
            return "", token  # denied it, saying that ...: what is said so stands
        here = above
    return "", token


def _verb_of(word: "Token") -> "Token":
    """The verb to which a preposition, adverb or adjective belongs: "stop" of "stopped short of"."""
    while not clauses.is_verb(word) and word.head != word and word.pos_ in {"ADP", "SCONJ", "ADV", "ADJ"}:
        word = word.head
    return word


def is_undone(token: "Token") -> bool:
    """Whether what a word tells did not happen, as far as the text says: negated, denied or refused."""
    return standing(token) in _NOT_DONE


def _own(token: "Token") -> Standing:
    """What stands beside the word itself: not, never, no, neither, nor, may."""
    if not clauses.is_verb(token):
        return "negated" if is_nobody(token) else ""
    if _negation(token) or _nobody(token):
        return "negated"
    return "possible" if _may(token) else ""


def _nobody(verb: "Token") -> bool:
    """Whether the subject is nobody: neither side promised, no minister met."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and is_nobody(c) for c in verb.children)


def _may(verb: "Token") -> bool:
    return any(c.dep_ == "aux" and c.lower_ in {"may", "might", "could"} for c in verb.children)


def is_nobody(noun: "Token") -> bool:
    """Whether a noun is "none" or "nobody", or has "no" or "neither" before it."""
    if noun.lower_ in {"none", "nobody", "nothing"}:
        return True
    words = [c for c in noun.children if c.i < noun.i]
    if noun.dep_ == "conj" and any(c.lower_ == "nor" and noun.head.i < c.i < noun.i for c in noun.head.children):
        return True
    return any(c.lower_ in {"no", "neither"} and c.dep_ in {"det", "preconj", "cc"} for c in words)


def _negation(verb: "Token") -> bool:
    for child in verb.children:
        if child.dep_ == "neg" and child.i > verb.i and verb.pos_ == "VERB":
            continue  # committed to the one, not to the other
        if child.dep_ == "neg" or (child.lower_ in {"neither", "nor"} and child.i < verb.i):
            after = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else child
            if after.lower_ not in {"only", "just", "merely"}:
                return True
    if verb.dep_ == "conj" and clauses.own_subject(verb) is None:
        joint = [c.lower_ for c in verb.head.children if c.dep_ == "cc" and verb.head.i < c.i < verb.i]
        if "nor" in joint:
            return True
        bare = not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        if joint and joint[-1] == "or" and bare:
            return _negation(verb.head)  # did not sign or ratify
    return False


def _under(here: "Token", above: "Token") -> Standing:
    """What a word's governor makes of it."""
    lemma, words = above.lemma_.lower(), lexicon()
    if above.pos_ in {"ADP", "SCONJ"} and here.dep_ == "pcomp":
        if above.lower_ in _WITHOUT:
            return "negated"
        verb = _verb_of(above)
        between = [c.lower_ for c in verb.children if verb.i < c.i < above.i and c.dep_ in {"advmod", "prt", "acomp"}]
        phrase = " ".join([verb.lemma_.lower(), *between, above.lower_])
        return "refused" if words.has(phrase, "refusal") and not _negation(verb) else ""
    if above.pos_ == "ADP":
        return ""
    if above.dep_ == "acomp" and here.dep_ == "xcomp":
        refused = words.has(above.lower_, "refusal")
        if refused != _negation(above.head) and (refused or above.lower_ in _ABLE):
            return "refused" if refused else "negated"
        return ""
    if here.dep_ == "xcomp" and lemma in {"have", "be", "remain"} and any(c.lower_ == "yet" for c in above.children):
        return "negated"  # has yet to meet
    if not clauses.is_verb(above):
        return "negated" if here.dep_ in {"acl", "pcomp"} and is_nobody(above) else ""
    if here.dep_ == "conj":
        return "negated" if _shares(here, above) and _own(above) == "negated" else ""
    particle = next((c for c in above.children if c.dep_ == "prt"), None)
    if particle is not None and words.has(f"{lemma} {particle.lower_}", "refusal"):
        if here.dep_ in {"dobj", "nsubjpass"} or (here.tag_ == "VBG" and here.i == particle.i + 1):
            return "" if _negation(above) else "refused"  # ruled out promising
    if here.dep_ == "advcl" and not (clauses.is_infinitive(here) and here.i > above.i):
        return ""
    if words.has(lemma, "refusal") and here.dep_ in {"xcomp", "dobj", "nsubjpass", "advcl"}:
        return "" if _negation(above) else "refused"  # did not fail to sign
    if words.has(lemma, "denial") and here.dep_ in {"ccomp", "xcomp", "dobj", "nsubjpass"}:
        return "" if _negation(above) else "denied"
    if not clauses.is_verb(here) and here.dep_ in {"dobj", "nsubjpass"} and _negation(above):
        return "negated"
    if _negation(above) and (here.dep_ == "xcomp" or (here.dep_ == "ccomp" and words.of(lemma) & _UNTOLD)):
        return "negated"
    if _may(above) and here.dep_ in {"xcomp", "dobj", "nsubjpass"}:
        return "possible"
    if words.has(lemma, "wish") and here.dep_ in {"xcomp", "ccomp"}:
        return "wished"
    return ""


def _describes(here: "Token", above: "Token") -> bool:
    """Whether a clause only describes a noun ("the draft signed in Berlin"), so that nothing reaches it."""
    if here.dep_ != "acl":
        return False
    told = any(c.dep_ == "mark" or (c.lower_ == "that" and c.dep_ in {"nsubj", "dobj"}) for c in here.children)
    return above.lemma_.lower() not in _OFFERS or not (told or clauses.is_infinitive(here))


def _shares(here: "Token", above: "Token") -> bool:
    """Whether a coordinated verb shares the auxiliary of the first: "would not meet and talk"."""
    return here.tag_ == above.tag_ == "VB" and not any(
        c.dep_ in {"aux", "neg"} or c.dep_ == "nsubj" for c in here.children
    )
