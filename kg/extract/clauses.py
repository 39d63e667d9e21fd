"""What the finders ask of a dependency parse: subjects, also shared ones, complements, where content ends."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.cues import CueWord, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SUBJECTS = {"nsubj", "csubj"}
NOUN_SUBJECTS = {"nsubj", "nsubjpass"}
OBJECTS = {"dobj", "attr", "oprd", "dative", "acomp"}
CLAUSES = {"ccomp", "xcomp"}
_TAILS = {"advcl", "npadvmod", "advmod"}
_WHEN = {"during", "following", "after", "before", "when", "while", "at", "in", "on", "upon", "since", "ahead"}


def is_verb(token: "Token") -> bool:
    """Whether a token is a verb form, auxiliaries that stand alone included."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}


def own_subject(verb: "Token") -> "Token | None":
    """The subject that stands with the verb itself, the nearest where the parser gives it two."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS and not (c.dep_ == "csubj" and c.tag_ == "VBG")]
    return next((c for c in reversed(found) if c.i < verb.i), found[0] if found else None)


def subject(verb: "Token") -> "Token | None":
    """The subject of a verb, its own or that of the verb to which it is coordinated or subordinated."""
    seen = 0
    while seen < 8:
        above = verb.head
        if (
            verb.dep_ == "pcomp"
            and above.lower_ == "by"
            and above.head.lemma_.lower() in {"begin", "start", "open", "end"}
        ):
            verb = above.head  # began by thanking
            continue
        if verb.dep_ == "pcomp" and above.lower_ == "as" and above.head.lemma_.lower() in {"quote", "cite"}:
            named = {"dobj", "nsubjpass"}  # quoted X as saying, X was quoted as saying
            return next((c for c in above.head.children if c.dep_ in named), None)
        if verb.dep_ == "pcomp" and above.lower_ == "with" and is_infinitive(verb) and is_verb(above.head):
            verb = above.head  # met with B to affirm: not B affirms
            continue
        if (own := own_subject(verb)) is not None and not (is_infinitive(verb) and _is_partner(own)):
            return own
        if own is not None and is_verb(above) and above != verb:
            verb = above  # spoke with B to convey: not B conveys
            continue
        if above == verb or any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        shared = verb.dep_ == "conj" or (
            verb.dep_ in {"advcl", "xcomp", "ccomp", "dep"} and verb.tag_ in {"VBG", "VB"} and not _has_mark(verb)
        )
        if verb.dep_ == "acl" and _is_finite_after_all(verb):
            return above
        if verb.dep_ == "acl" and above.dep_ in {"dobj", "pobj"}:  # issued a statement condemning ...
            holder = above.head if above.dep_ == "dobj" else above.head.head
            if not lexicon().has(above.lemma_.lower(), "utterance"):
                return None
            verb = holder
        elif shared and is_verb(above):
            if verb.dep_ in {"xcomp", "ccomp"} and any(
                c.dep_ in {"dobj", "dative"} and c.i < verb.i for c in above.children
            ):
                return None  # urged Iran to accept: Iran accepts
            verb = above
        else:
            return None
        seen += 1
    return None


def _is_partner(subject: "Token") -> bool:
    """Whether "with" or "to" stands before what the parser takes for a subject."""
    before = subject.left_edge.i - 1
    return before >= 0 and subject.doc[before].lower_ in {"with", "to"} and subject.doc[before].pos_ in {"ADP", "SCONJ"}


def _is_finite_after_all(verb: "Token") -> bool:
    """ "A and B committed to X, and endorsed Y": what was parsed as a participle of the subject is its verb."""
    holder = verb.head
    if verb.tag_ not in {"VBN", "VBD"}:
        return False
    while holder.dep_ == "conj" and not is_verb(holder.head):
        holder = holder.head
    main = holder.head
    if holder.dep_ not in SUBJECTS or main.i < verb.i:
        return False
    return any(t.lower_ in {"and", "but"} for t in verb.doc[verb.right_edge.i + 1 : main.i] if t.i > verb.i) or (
        main.left_edge.i < verb.i
        and any(c.dep_ == "cc" and verb.i < c.i < main.i for c in [*main.children, *holder.children])
    )


def _has_mark(verb: "Token") -> bool:
    return any(c.dep_ == "mark" for c in verb.children)


def with_auxiliaries(verb: "Token") -> int:
    """Index of the first word of a verb with its auxiliaries and negation: "did" of "did not accept"."""
    before = (c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"} and c.i < verb.i and c.lower_ != "to")
    after = next((c.i for c in verb.children if c.dep_ in SUBJECTS | {"nsubjpass"} and c.i < verb.i), -1)
    return min((c.i for c in before if c.i > after), default=verb.i)


def is_hypothetical(verb: "Token") -> bool:
    """Whether the verb stands under if, whether or unless, or in a question."""
    return any(c.dep_ == "mark" and c.lower_ in {"if", "whether", "unless"} for c in verb.children)


def is_negated(verb: "Token") -> bool:
    """Whether the verb itself is negated."""
    return any(c.dep_ == "neg" for c in verb.children)


_TELLING = {"tell", "inform", "assure", "reassure", "remind", "notify", "brief", "update"}


def complements(cue: CueWord) -> list["Token"]:
    """Heads of what the cue governs as content, in the order of the text; empty where it governs none."""
    verb = cue.token
    out: list[Token] = []
    if cue.label in {"quote", "cite"} and any(c.dep_ == "prep" and c.lower_ == "as" for c in verb.children):
        return []  # quoted X as saying: X says
    if cue.label in {"call on", "call upon"} and not any(is_infinitive(t) for t in verb.subtree if t.i > verb.i):
        return []  # called on the President: a visit
    if cue.lead is not None:
        out = [c for c in cue.lead.children if c.dep_ in {"pobj", "pcomp", "ccomp"}]
        if out:
            return out
    if cue.kinds == {"naming"} and not any(c.dep_ == "oprd" and c.pos_ != "PROPN" for c in verb.children):
        return []
    clause_only = cue.kinds == {"clause"}
    if "address" in cue.kinds and "matter" not in cue.kinds:
        out = [c for c in verb.children if c.dep_ in CLAUSES]
        topics = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"on", "about", "of"}]
        topics += [
            c
            for d in verb.children
            if d.dep_ in {"dobj", "dative"}
            for c in d.children
            if c.dep_ == "prep"
            and (after_comma(c) or d.pos_ == "PRON" or (c.lower_ in {"about", "on"} and cue.label in _TELLING))
        ]
        out += [g for c in topics for g in c.children if g.dep_ in {"pobj", "pcomp"}]
        if out or cue.label in _TELLING:
            return out
    if clause_only and not any(c.dep_ == "ccomp" for c in verb.children) and (late := _late_clause(verb)) is not None:
        return [late]
    for child in verb.children:
        if child.dep_ == "ccomp" or (child.dep_ == "xcomp" and not clause_only):
            out.append(child)
        elif child.dep_ in OBJECTS and child.i > verb.i and not clause_only:
            out.append(child)
        elif (
            child.dep_ == "prep"
            and "address" in cue.kinds
            and child.lower_ in {"on", "about", "of", "for", "that", "against", "to"}
        ):
            out.append(child)
        elif child.dep_ == "advcl" and child.i > verb.i and not clause_only and is_infinitive(child):
            out.append(child)
    return out


def after_comma(token: "Token") -> bool:
    """Whether a comma stands before a token."""
    return token.i > 0 and token.nbor(-1).text == ","


def _late_clause(verb: "Token") -> "Token | None":
    """said in a series of tweets that ...: the clause that the parser hung on a noun between."""
    for child in verb.children:
        if child.dep_ not in {"prep", "npadvmod", "advmod"} or child.i < verb.i:
            continue
        for token in child.subtree:
            marked = any(c.lower_ == "that" and c.dep_ in {"mark", "dobj", "nsubj"} for c in token.children)
            if token.dep_ in {"relcl", "acl", "ccomp"} and marked and is_verb(token) and own_subject(token) is not None:
                if own_subject(token).lower_ != "that":  # type: ignore[union-attr]
                    return token
    return None


def is_infinitive(verb: "Token") -> bool:
    """Whether a verb is an infinitive with "to"."""
    return verb.tag_ not in {"VBD", "VBZ"} and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def content(cue: CueWord, sentence: "Span", keep_comments: bool) -> tuple[int, int] | None:
    """First and last token index of what is said under a cue, or None where the cue governs nothing.

    Whatever follows the first complement within the cue's clause belongs to it, but for a comment that hangs on the cue
    itself (", reinforcing the idea that ...") unless `keep_comments`, and a time or occasion set off by a comma.
    """
    verb = cue.token
    heads = complements(cue)
    right = [h for h in heads if h.i > verb.i]
    left = [h for h in heads if h.i < verb.i]
    if right:
        first = max(min(h.left_edge.i for h in right), verb.i + 1)
        last = _last(cue, max(h.i for h in right), keep_comments)
        if left and left[0].dep_ == "ccomp" and _is_quoted(left[0]):
            first = min(first, left[0].left_edge.i)
    elif left:
        first, last = min(h.left_edge.i for h in left), max(h.right_edge.i for h in left)
    else:
        return None
    return trim(sentence, first, last)


def last_of(cue: CueWord, head: int) -> int:
    """Last token of what hangs on a cue after the word `head`, without comments and occasions."""
    return _last(cue, head, keep_comments=False)


def _last(cue: CueWord, head: int, keep_comments: bool) -> int:
    """Last token of the content: all that hangs on the cue, up to a tail or a clause with a subject of its own."""
    verb = cue.token
    last = verb.right_edge.i
    for child in sorted(verb.children, key=lambda c: c.i):
        if child.i <= head or child.dep_ in {"punct", "cc"}:
            continue
        if _is_tail(child, keep_comments) or child.dep_ in SUBJECTS or _is_other_clause(child):
            last = child.left_edge.i - 1
            break
    doc = verb.doc
    while last > verb.i and (doc[last].is_punct or doc[last].dep_ == "cc") and doc[last].text not in CLOSING:
        last -= 1
    return whole_phrase(verb.sent, last)


CLOSING = {'"', "”", "''", ")", "]", "’", "»"}


def whole_phrase(sentence: "Span", last: int) -> int:
    """The end of the phrase that a token stands in, where the parser broke it off before a stop or conjunction."""
    doc = sentence.doc
    if doc[last].is_punct and doc[last].text not in CLOSING:
        return last
    while last + 1 < sentence.end:
        after = doc[last + 1]
        if after.text == "-" and not after.whitespace_ and not doc[last].whitespace_ and last + 2 < sentence.end:
            last += 2  # re-establish
            continue
        if after.is_punct or after.dep_ == "cc" or after.is_space or after.lower_ in _BREAKS:
            break
        if after.dep_ in SUBJECTS | {"nsubjpass", "aux", "auxpass", "mark"} or after.tag_ in {
            "VBD",
            "VBZ",
            "VBP",
            "MD",
            "WDT",
            "WP",
            "WRB",
        }:
            break
        last += 1
    return last


_BREAKS = {"as", "while", "when", "during", "after", "before", "at", "on", "in"}


def _is_other_clause(child: "Token") -> bool:
    """A clause coordinated to the cue that is no content: with its own subject, or an act that is no speech."""
    if child.dep_ != "conj" or not is_verb(child) or any(c.dep_ == "mark" for c in child.children):
        return False
    if own_subject(child) is not None or any(c.dep_ == "nsubjpass" for c in child.children):
        return True
    return child.tag_ in {"VBD", "VBZ"} and not lexicon().speech(child.lemma_.lower())


def _is_tail(child: "Token", keep_comments: bool) -> bool:
    """Whether a dependent of the cue verb after its content is about the speaking, not about what is said."""
    before = child.left_edge.i - 1
    comma = before >= 0 and child.doc[before].text in {",", "–", "—", "-", ";"}
    if child.dep_ in {"advcl", "prep"} and child.lower_ in _WHEN and comma:
        return True
    if child.dep_ == "prep" and child.lower_ == "with" and comma:  # with May saying that ...
        return any(
            c.dep_ in {"pcomp", "pobj"}
            and any(v.tag_ == "VBG" and lexicon().speech(v.lemma_.lower()) for v in c.subtree)
            for c in child.children
        )
    if child.dep_ == "advcl":
        if child.tag_ == "VBG" and comma:
            return not keep_comments and not lexicon().speech(child.lemma_.lower())
        return any(
            c.dep_ in {"mark", "advmod"} and c.lower_ in {"as", "when", "while", "after", "before"}
            for c in child.children
        )
    if child.dep_ == "npadvmod":
        return not any(c.i > child.i and c.dep_ not in {"punct", "cc", "conj", "advcl"} for c in child.head.children)
    return child.dep_ in {"parataxis", "ccomp"} and comma


def _is_quoted(token: "Token") -> bool:
    start = token.left_edge
    return start.text in {'"', "“", "``", "''"} or (start.i > 0 and start.nbor(-1).text in {'"', "“", "``"})


_TRIM_LEFT = {",", ":", ";", "that", "-", "–", "—"}
_TRIM_RIGHT = {",", ":", ";", ".", "-", "–", "—", "and", "but", "!", "?"}


def trim(sentence: "Span", first: int, last: int) -> tuple[int, int] | None:
    """Without "that" and punctuation at the ends; quotation marks stay."""
    doc = sentence.doc
    first, last = max(first, sentence.start), min(last, sentence.end - 1)
    while first <= last and (doc[first].lower_ in _TRIM_LEFT or doc[first].is_space):
        if doc[first].dep_ == "det":
            break  # that meeting opened a new phase
        first += 1
    while last >= first and (doc[last].lower_ in _TRIM_RIGHT or doc[last].is_space):
        last -= 1
    return (first, last) if first <= last else None


_CLAIMS = {"claim", "charge", "accusation", "allegation", "assertion"}


def without_source(sentence: "Span", first: int, last: int) -> int:
    """The last token of what is said, before what the author adds: ", according to X", ", a claim that X denies"."""
    doc = sentence.doc
    for i in range(first + 2, last):
        if doc[i - 1].text != ",":
            continue
        claim = next((t for t in doc[i : i + 3] if t.lower_ in _CLAIMS), None)
        added = claim is not None and doc[i].lower_ in {"a", "an"} and doc[claim.i + 1].lower_ in {"that", "which"}
        if doc[i].lower_ == "according" or added:
            return i - 2
    return last


def outer_verbs(verb: "Token") -> Iterator["Token"]:
    """Verbs to which a coordinated verb may belong instead of the one in whose clause the parser put it, nearest first.

    "noted that smuggling was a problem and agreed to act": agreed belongs to noted, though it is parsed under was.
    """
    inner = verb
    while inner.dep_ == "conj" and is_verb(inner.head):
        inner = inner.head
    if inner == verb:
        return
    for _ in range(6):
        above = inner.head
        if above == inner:
            return
        if is_verb(above) and (above.tag_ == verb.tag_ or {above.tag_, verb.tag_} == {"VBD", "VBN"}):
            yield above
        inner = above


def is_main(verb: "Token") -> bool:
    """Whether a verb stands on the level of the sentence: its root, or coordinated to it, by whatever parse."""
    while verb.dep_ in {"conj", "acl"} and verb.head.i < verb.i:
        if verb.dep_ == "acl" and subject(verb) is None:
            return False
        verb = verb.head
    while verb.dep_ in {"nsubj", "conj"}:
        verb = verb.head
    return verb.dep_ == "ROOT" or any(True for _ in outer_verbs(verb))


def is_possible_only(verb: "Token") -> bool:
    """Whether the verb stands under can, could, may, might or should: what might be said is not said."""
    return any(c.dep_ == "aux" and c.lower_ in {"can", "could", "may", "might", "should"} for c in verb.children)


def is_future(verb: "Token") -> bool:
    """Whether will or shall stands with the verb or with the one that it is coordinated to."""
    for _ in range(6):
        modals = [c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD"]
        if modals or verb.dep_ != "conj" or verb.tag_ != "VB":
            return any(c.lower_ in {"will", "shall", "'ll"} for c in modals)
        verb = verb.head
    return False
