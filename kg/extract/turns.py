"""Whose turn each paragraph of a transcript is: the labels before the words, and who is meant by them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.frames import phrases, state
from kg.extract.gazetteer import Gazetteer
from kg.extract.model import ActorRef, Frame, Paragraph
from kg.extract.registry import LEADER_TITLES, Registry


def _asks(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the turn after a label ends in a question."""
    said = ""
    for paragraph in paragraphs[index + 1 :]:
        if paragraph.kind == "turn-label":
            break
        said = paragraph.doc.text if paragraph.kind != "furniture" else said
    return said.rstrip("\"'”’ )").endswith("?")


def _official(speaker: ActorRef, frame: Frame, title: str, asks: bool) -> ActorRef:
    """Whoever answers at the briefing of a ministry speaks for the government that publishes it."""
    if speaker.kind != "person" or speaker.party or not speaker.name or not frame.publisher_party:
        return speaker
    briefing = not asks and re.search(
        r"(?i)\b(spokes(?:person|man|woman)|ministry|press secretary|department)\b", title
    )
    if not briefing and speaker.name.casefold() not in title.casefold():
        return speaker
    return replace(speaker, party=frame.publisher_party, named=True)


def assign(
    paragraphs: Sequence[Paragraph], registry: Registry, frame: Frame, names: Gazetteer, title: str = ""
) -> list[Paragraph]:
    """The paragraphs with the speaker of each turn; what journalists ask becomes kind "question"."""
    out: list[Paragraph] = []
    current: ActorRef | None = None
    asking = False
    if frame.kind != "transcript":
        return list(paragraphs)
    title = title or " ".join(p.doc.text for p in paragraphs if p.kind == "title")
    last: ActorRef | None = None
    for paragraph in paragraphs:
        if paragraph.kind == "turn-label":
            label = paragraph.doc.text.rstrip(": ")
            asking = bool(phrases(names, "question").match(label))
            if asking:
                current = None
            elif phrases(names, "answer").fullmatch(label):
                own = frame.publisher_party
                current = last if last is not None or not own or len(label) < 9 else state(own, names)
            else:
                asks = _asks(paragraphs, paragraph.index)
                current = _official(_speaker(label, paragraph, registry, frame, names), frame, title, asks)
                if current.parties or not asks:
                    last = current
                else:
                    asking, current = True, None
            out.append(paragraph)
        elif paragraph.kind in {"body", "heading", "byline"} and current is not None:
            out.append(replace(paragraph, kind="body", turn=current))
        elif paragraph.kind in {"body", "heading"} and asking:
            out.append(replace(paragraph, kind="question"))
        else:
            out.append(paragraph)
    return out


def _speaker(label: str, paragraph: Paragraph, registry: Registry, frame: Frame, names: Gazetteer) -> ActorRef:
    for mention in registry.names:
        if mention.paragraph == paragraph.index:
            return registry.person(mention).actor()
    folded = {w.casefold() for w in re.findall(r"[^\W\d_]+", label)}
    for person in sorted(registry.persons, key=lambda p: -p.count):
        if person.words[-1].casefold() in folded or (
            len(person.words) > 1 and person.words[0].casefold() in folded and person.state
        ):
            return person.actor()
    named = [f.label for text in (label, label.title()) for f in names.find(text)]  # "PM" is no "Pm"
    titles = list(dict.fromkeys(lb.code for lb in named if lb.kind == "title"))
    found = list(dict.fromkeys(lb.code for lb in named if lb.kind in {"state", "demonym"}))
    for title in titles:
        fits = [p for p in registry.persons if p.title == title and (not found or p.state in found)]
        hog = frame.voice if frame.voice is not None and frame.voice.kind == "person" else None
        if hog is not None and title in LEADER_TITLES and (not found or hog.party in found):
            own = next((p for p in registry.persons if p.actor().name == hog.name), None)
            if (
                own is not None
                and (own.title in {title, "head-of-government"})
                and not any(p.title == title and p.state == hog.party and p is not own for p in fits)
            ):
                rivals = [
                    p for p in fits if p is not own and own.title == "head-of-government" and title == "president"
                ]
                if not rivals:
                    return hog
        if fits:
            return max(fits, key=lambda p: p.count).actor()
    name = " ".join(w.capitalize() for w in re.findall(r"[^\W\d_][\w.'’-]*", label))
    return ActorRef("person", name, certain=False)
