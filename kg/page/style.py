"""How the classes of the ontology look on a page, by day and by night."""

import colorsys
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.page.clean import clean

# What the discs lie on; assets/base.css uses the same two (--ground).
GROUND_LIGHT = "#fbfaf7"
GROUND_DARK = "#14181d"
_NEUTRAL = "#7b8794"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# The least contrast of a picture with its ground (WCAG 2.2, criterion 1.4.11).
_CONTRAST = 3.0


class ClassStyle(Protocol):
    """What the ontology says on the look of a class; `kg.ontology.model().classes` has it for each."""

    @property
    def label(self) -> str:
        """Name of the class as people read it."""

    @property
    def colour(self) -> str | None:
        """Six hexadecimal digits after a hash."""

    @property
    def icon(self) -> str | None:
        """One sign."""

    @property
    def order(self) -> float | None:
        """Place in legends, lowest first."""


@dataclass(frozen=True)
class Look:
    """A class as a page draws it."""

    key: str
    label: str
    icon: str
    light: str
    dark: str

    def as_json(self) -> dict[str, str]:
        """The fields as the page reads them; the colour of the sign goes with that of the disc."""
        return {
            "key": self.key,
            "label": self.label,
            "icon": self.icon,
            "light": self.light,
            "dark": self.dark,
            "onLight": ink_on(self.light),
            "onDark": ink_on(self.dark),
        }


def looks(names: Iterable[str], classes: Mapping[str, ClassStyle]) -> list[Look]:
    """The looks of the named classes, in the order of the ontology; unknown ones come last, in grey."""
    found: list[tuple[float, str, Look]] = []
    for name in sorted(set(names)):
        style = classes.get(name)
        if style is None:
            found.append((float("inf"), name, _look(name, _readable(name), "", _NEUTRAL)))
            continue
        colour = style.colour or ""
        order = float(style.order) if style.order is not None else 1e9
        label = clean(style.label or _readable(name), 60)
        look = _look(name, label, clean(style.icon or "", 2), colour if _HEX.fullmatch(colour) else _NEUTRAL)
        found.append((order, name, look))
    return [look for _, _, look in sorted(found, key=lambda entry: entry[:2])]


def ontology_classes() -> Mapping[str, ClassStyle]:
    """The classes of the ontology by local name."""
    from kg.ontology import model

    classes: Mapping[str, Any] = model().classes
    return classes


def readable(name: Any) -> str:
    """A property or class as words: the local name of a term is split at its capitals.

    >>> readable("onBehalfOf"), readable("https://w3id.org/bilateral/ontology#heldIn"), readable("said to")
    ('on behalf of', 'held in', 'said to')
    """
    text = clean(name, 80)
    if re.match(r"https?://", text):
        text = re.split(r"[#/]", text.rstrip("#/"))[-1]
    if " " in text or not text.isalnum():
        return text
    return _readable(text).lower() if not text.isupper() else text


def _readable(name: str) -> str:
    return clean(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name), 60)


def _look(key: str, label: str, icon: str, colour: str) -> Look:
    return Look(key, label, icon, *_both(colour.lower()))


def _both(colour: str) -> tuple[str, str]:
    """The colour for the light and for the dark ground, each shifted until it stands out enough."""
    light, dark = colour, colour
    while _contrast(light, GROUND_LIGHT) < _CONTRAST:
        light = _shift(light, -0.02)
    while _contrast(dark, GROUND_DARK) < _CONTRAST + 1.5:
        dark = _shift(dark, 0.02)
    return light, dark


def _shift(colour: str, by: float) -> str:
    """Lighter or darker by a step of lightness, in the same hue."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in _channels(colour)))
    shifted = colorsys.hls_to_rgb(hue, min(max(lightness + by, 0.0), 1.0), saturation)
    return "#" + "".join(f"{round(value * 255):02x}" for value in shifted)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (value / 255 for value in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """White for the signs on a colour, as long as they stand out; else near-black."""
    return "#ffffff" if _contrast(colour, "#ffffff") >= _CONTRAST else "#14181d"
