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
_OFFERS = _REPORTS | set(
    "offer proposal plan request invitation chance prospect possibility likelihood truth intention".split()
)
_OCCUR = {"take", "happen", "occur", "materialise", "materialize", "proceed"}
_ABLE = {"ready", "willing", "prepared", "able"}
_FALSE = set("false untrue incorrect baseless unfounded untenable fake fabricated impossible unthinkable".split())
_TRUE = {"true", "correct", "right", "accurate", "possible", "conceivable", "case"}
_OPEN = {"likely", "unlikely", "doubtful", "uncertain", "unclear", "questionable", "unconfirmed"}
_NEAR = {"close", "closer", "near", "nearer"}
_LIES = {"lie", "myth", "falsehood", "fabrication", "invention", "fiction", "rumour", "rumor"}
_MULLED = {"near", "approach", "consider", "contemplate", "weigh", "mull", "discuss", "propose", "suggest", "explore"}
_SAID = {"say", "report", "rumour", "rumor", "allege", "believe", "think", "claim"}
_NO_SUCH = {
    "question",
    "intention",
    "chance",
    "prospect",
    "plan",
    "possibility",
    "likelihood",
    "hope",
    "thought",
    "talk",
}
_BRINKS = {"verge", "brink", "cusp", "point"}
_JUDGE = {"be", "remain", "seem", "appear", "prove", "look"}
_HARDLY = {"hardly", "scarcely", "nowhere", "nearly", "almost"}
_HEARSAY = {"reportedly", "allegedly", "supposedly", "purportedly", "possibly", "perhaps", "maybe"}
_LATER = {"time", "case", "sense", "point"}  # will build it in no time
_SELDOM = {"no", "not", "rarely", "seldom", "little"}
_NO_WAY = {"way", "circumstance", "time", "condition", "account", "event", "case", "mean", "means", "sense", "point"}
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
        if here.dep_ in {"nsubj", "csubj"}:
            return _judged(above, here), above
        if here.dep_ in {"acl", "relcl"} and above.dep_ == "attr" and any(c.dep_ == "mark" for c in here.children):
            if untrue := _judged(above.head, above):
                return untrue, above.head  # it is a lie that, it is not the case that
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
        return "negated" if is_nobody(token) or negative_phrase(token) is not None else ""
    if _negated(token) or (token.dep_ == "acomp" and _negation(token.head)):
        return "negated"
    return "possible" if _may(token) or is_hearsay(token) or _is_asked(token) else ""


def _negated(verb: "Token") -> bool:
    return _negation(verb) or _nobody(verb)


def negative_phrase(verb: "Token") -> "Token | None":
    """The adverb or phrase beside a verb that denies it: "hardly", "in no way", "under no circumstances will we"."""
    for child in verb.children:
        if child.i > verb.i and verb.pos_ != "AUX" and not any(c.tag_ == "MD" for c in verb.children):
            break
        if child.dep_ == "advmod" and child.i < verb.i and child.lower_ in _HARDLY:
            return child
        if child.dep_ not in {"prep", "npadvmod", "advmod", "dobj", "nsubj"} or child.lower_ in {"until", "till"}:
            continue
        noun = next((c for c in child.children if c.dep_ == "pobj"), child)
        words = {t.lower_ for t in (child.left_edge, noun.left_edge)}
        if (
            words & {"no", "not"}
            and child.dep_ == "prep"
            and noun.lemma_.lower() in _NO_WAY - (_LATER if child.i > verb.i else set())
        ):
            return child
        if (
            words & _SELDOM
            and child.lower_ not in {"only", "just", "merely"}
            and _is_inverted(verb, child.right_edge.i)
        ):
            return child
    return None


def first_word(verb: "Token", phrase: "Token | None" = None) -> int:
    """Index of the first word of a verb with its auxiliaries and the phrase that denies it (`negative_phrase`)."""
    return min(clauses.with_auxiliaries(verb), phrase.left_edge.i if phrase is not None else verb.i)


def _is_inverted(verb: "Token", after: int) -> bool:
    """Whether an auxiliary stands before the subject of a verb, directly after the word at an index."""
    subjects = [c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i < verb.i]
    first = next((c.i for c in verb.children if c.dep_ in {"aux", "auxpass"}), -1)
    return after < first < max(subjects, default=-1)


def is_hearsay(verb: "Token") -> bool:
    """Whether a verb tells only what is reportedly or allegedly so."""
    return any(c.dep_ == "advmod" and c.lower_ in _HEARSAY and c.i < verb.i for c in verb.children)


def ends_in_question(token: "Token") -> bool:
    """Whether the next stop after a word is a question mark."""
    return next((t.text for t in token.doc[token.i : token.sent.end] if t.text in {".", "!", "?"}), "") == "?"


def _is_asked(verb: "Token") -> bool:
    """Whether a verb is asked after: did they sign? Not: why did they sign?, which takes for granted that they did."""
    if any(c.tag_ in {"WRB", "WP", "WDT"} for c in verb.children):
        return False
    return _is_inverted(verb, verb.left_edge.i - 1) and ends_in_question(verb)


def _judged(verb: "Token", what: "Token") -> Standing:
    """What "is false", "is not true" or "is unlikely" makes of its subject or clause."""
    if verb.lemma_.lower() not in _JUDGE:
        return ""
    for word in verb.children:
        lemma = word.lower_
        if word.dep_ not in {"acomp", "attr", "oprd"} or word.i < verb.i:
            continue
        if (
            lemma in _FALSE
            or (word.dep_ == "attr" and lemma in _LIES)
            or (lemma == "wrong" and what.lemma_.lower() in _REPORTS)
        ):
            return "" if _negated(verb) else "denied"
        if lemma in _TRUE and _negated(verb):
            return "denied"
        if lemma in _OPEN:
            return "negated" if lemma == "likely" and _negated(verb) else "possible"
    return ""


def _nobody(verb: "Token") -> bool:
    """Whether the subject is nobody: neither side promised, no minister met."""
    return any(c.dep_ in clauses.NOUN_SUBJECTS and is_nobody(c) for c in verb.children)


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
    before = [t.lower_ for t in verb.doc[max(verb.i - 2, 0) : verb.i]]
    if negative_phrase(verb) is not None or before == ["all", "but"]:
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
    if above.dep_ in {"acomp", "prep", "advmod"} and here.dep_ in {"xcomp", "pcomp"} and _is_ahead(here, above):
        if above.lower_ != "unlikely" and _negated(above.head):
            return "negated"
        return "possible" if above.lower_ in _OPEN else "wished"
    if above.pos_ in {"ADP", "SCONJ"} and here.dep_ == "pcomp":
        if above.lower_ in _WITHOUT:
            return "negated"
        if above.head.lemma_.lower() in _NO_SUCH and is_nobody(above.head):
            return "negated"  # no question of signing
        verb = _verb_of(above)
        between = [c.lower_ for c in verb.children if verb.i < c.i < above.i and c.dep_ in {"advmod", "prt", "acomp"}]
        if _NEAR & set(between) or above.head.lemma_.lower() in _BRINKS:
            return "negated" if _negated(verb) else "possible"  # are close to signing
        phrase = " ".join([verb.lemma_.lower(), *between, above.lower_])
        return "refused" if words.has(phrase, "refusal") and not _negated(verb) else ""
    if above.pos_ == "ADP":
        return ""
    if above.dep_ == "acomp" and here.dep_ == "xcomp":
        refused = words.has(above.lower_, "refusal")
        if refused != _negated(above.head) and (refused or above.lower_ in _ABLE):
            return "refused" if refused else "negated"
        return ""
    if here.dep_ == "xcomp" and lemma in {"have", "be", "remain"} and any(c.lower_ == "yet" for c in above.children):
        return "negated"  # has yet to meet
    if not clauses.is_verb(above):
        return "negated" if here.dep_ in {"acl", "pcomp"} and is_nobody(above) else ""
    if here.dep_ == "ccomp" and (judged := _judged(above, here)):
        return judged
    if here.dep_ == "conj":
        return "negated" if _shares(here, above) and _own(above) == "negated" else ""
    particle = next((c for c in above.children if c.dep_ == "prt"), None)
    if particle is not None and words.has(f"{lemma} {particle.lower_}", "refusal"):
        if here.dep_ in {"dobj", "nsubjpass"} or (here.tag_ == "VBG" and here.i == particle.i + 1):
            return "" if _negated(above) else "refused"  # ruled out promising
    if here.dep_ == "advcl" and not (clauses.is_infinitive(here) and here.i > above.i):
        return ""
    if words.has(lemma, "refusal") and here.dep_ in {"xcomp", "dobj", "nsubjpass", "advcl"}:
        return "" if _negated(above) else "refused"  # did not fail to sign
    if words.has(lemma, "denial") and here.dep_ in {"ccomp", "xcomp", "dobj", "nsubjpass"}:
        return "" if _negated(above) else "denied"
    if not clauses.is_verb(here) and here.dep_ in {"dobj", "nsubjpass"} and _negated(above):
        return "negated"
    untold = words.of(lemma) & _UNTOLD or negative_phrase(above) is not None
    if _negated(above) and (here.dep_ == "xcomp" or (here.dep_ == "ccomp" and untold)):
        return "negated"
    if (_may(above) or is_hearsay(above)) and here.dep_ in {"xcomp", "dobj", "nsubjpass"}:
        return "possible"
    if here.dep_ == "xcomp" and lemma in _SAID and any(c.dep_ == "nsubjpass" for c in above.children):
        return "possible"  # are said to have signed
    if lemma in _MULLED and here.dep_ in {"xcomp", "dobj"} and here.text.endswith("ing") and here.lower_ != "meeting":
        return "possible"  # discussed signing it
    if words.has(lemma, "wish") and here.dep_ in {"xcomp", "ccomp"}:
        return "wished"
    return ""


def _is_ahead(here: "Token", above: "Token") -> bool:
    """Whether somebody is about, set, likely or unlikely to do what an infinitive tells."""
    coming = above.lower_ in _OPEN | {"about", "set", "due"}
    return coming and above.head.lemma_.lower() in _JUDGE and clauses.is_infinitive(here)


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
