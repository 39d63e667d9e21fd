"""Where each node lies: computed here, so that a page stands still from the first moment.

The forces are those of ForceAtlas2 (Jacomy et al., PLoS ONE 9(6), 2014): nodes push each other apart by their
degree, links pull. Components are laid out one by one and packed around the largest. No random number is drawn
and no matrix product taken, so the same graph lies the same way each time.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]

_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))
# Length of a link that nothing else pulls on, in pixels at zoom 1.
_LINK = 120.0
_WIDE = 1.15  # a screen is wider than high


def positions(
    sizes: Sequence[float],
    links: Mapping[tuple[int, int], float],
    poles: Sequence[int] = (),
) -> list[tuple[int, int]]:
    """The place of each node in whole pixels, around (0, 0).

    `sizes` are the radii, in the order of importance; `links` weighs pairs of different nodes; one node in `poles`
    lies in the middle, two lie left and right with what joins them between.
    """
    count = len(sizes)
    if count == 0:
        return []
    radii = np.asarray(sizes, dtype=np.float64)
    parts = _components(count, links)
    placed: list[tuple[list[int], Points]] = []
    for part in parts:
        index = {node: i for i, node in enumerate(part)}
        inner = [(index[a], index[b], w) for (a, b), w in links.items() if a in index]
        held = [index[p] for p in poles[:2] if p in index]
        placed.append((part, _component(radii[part], inner, held)))
    spots = _pack(count, placed, radii)
    return [(round(float(x)), round(float(y))) for x, y in spots]


def _components(count: int, links: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """Connected parts, largest first, members in their own order."""
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b in links:
        low, high = sorted((find(a), find(b)))
        root[high] = low
    parts: dict[int, list[int]] = {}
    for node in range(count):
        parts.setdefault(find(node), []).append(node)
    return sorted(parts.values(), key=lambda part: (-len(part), part[0]))


def _component(radii: Points, links: list[tuple[int, int, float]], poles: list[int]) -> Points:
    count = len(radii)
    if count == 1:
        return np.zeros((1, 2))
    if count == 2:
        half = _LINK / 2
        return np.array([[-half, 0.0], [half, 0.0]])
    spots = _start(count)
    held = _hold(spots, poles, count)
    _forces(spots, links, held)
    # The middle of the links becomes as long as a link should be; then what overlaps is pushed apart.
    ends = np.array([(a, b) for a, b, _ in links])
    lengths = np.hypot(*(spots[ends[:, 0]] - spots[ends[:, 1]]).T)
    spots *= _LINK / max(float(np.median(lengths)), 1e-9)
    spots[:, 0] *= _WIDE
    _spread(spots, radii + 9.0)
    return spots


def _start(count: int) -> Points:
    """A sunflower: the important in the middle, evenly spread, the same each time."""
    rank = np.arange(count) + 0.5
    return np.stack([np.sqrt(rank) * np.cos(rank * _GOLDEN), np.sqrt(rank) * np.sin(rank * _GOLDEN)], axis=1)


def _hold(spots: Points, poles: list[int], count: int) -> NDArray[np.bool_]:
    held = np.zeros(count, dtype=np.bool_)
    if len(poles) == 1:
        spots[poles[0]] = 0.0
    elif len(poles) == 2:
        apart = 2.0 * np.sqrt(count) + 2.0
        spots[poles[0]], spots[poles[1]] = (-apart, 0.0), (apart, 0.0)
    held[poles] = True
    return held


def _forces(spots: Points, links: list[tuple[int, int, float]], held: NDArray[np.bool_]) -> None:
    count = len(spots)
    first = np.array([a for a, _, _ in links])
    second = np.array([b for _, b, _ in links])
    weight = np.array([w for _, _, w in links])
    mass: Points = np.ones(count)
    mass += np.bincount(first, minlength=count) + np.bincount(second, minlength=count)
    # A hub has many links; dividing by its mass lets its leaves stand around it instead of being sucked in.
    pull_by = weight / np.sqrt(np.minimum(mass[first], mass[second]))
    rounds = int(np.clip(160_000 / count, 90, 400))
    for turn in range(rounds):
        force = _push(spots, mass)
        pull = (spots[second] - spots[first]) * pull_by[:, None]
        np.add.at(force, first, pull)
        np.add.at(force, second, -pull)
        force -= spots * (0.02 * mass[:, None])
        size = np.hypot(force[:, 0], force[:, 1]) + 1e-9
        heat = 0.12 * np.sqrt(count) * (1.0 - turn / rounds) ** 1.5 + 0.002
        force *= (np.minimum(size / mass, heat) / size)[:, None]
        force[held] = 0.0
        spots += force


def _push(spots: Points, mass: Points) -> Points:
    """The force by which all others push each node, in blocks that fit a processor's cache."""
    count = len(spots)
    x, y = spots[:, 0].astype(np.float32), spots[:, 1].astype(np.float32)
    light = mass.astype(np.float32)
    force = np.empty((count, 2))
    rows = max(1, 100_000 // count)
    for start in range(0, count, rows):
        part = slice(start, start + rows)
        dx = x[part, None] - x[None, :]
        dy = y[part, None] - y[None, :]
        push = dx * dx
        push += dy * dy
        push += np.float32(0.01)
        np.divide(light[None, :], push, out=push)
        force[part, 0] = np.einsum("ij,ij->i", push, dx)
        force[part, 1] = np.einsum("ij,ij->i", push, dy)
    return force * (0.35 * mass[:, None])


def _spread(spots: Points, radii: Points) -> None:
    """Push discs apart until none lies on another (or 60 rounds are over)."""
    reach = 2.0 * float(radii.max())
    for _ in range(60):
        one, other = _near(spots[:, 0], reach)
        dx = spots[one] - spots[other]
        apart = np.hypot(dx[:, 0], dx[:, 1])
        lack = radii[one] + radii[other] - apart
        close = lack > 0.5
        if not close.any():
            return
        one, other, dx, apart, lack = one[close], other[close], dx[close], apart[close], lack[close]
        # Two on one spot have no direction to part in; the order of the nodes gives one.
        same = apart < 1e-6
        dx[same] = np.stack([np.cos(one[same] * _GOLDEN), np.sin(one[same] * _GOLDEN)], axis=1)
        step = dx * (0.5 * lack / np.where(same, 1.0, apart))[:, None]
        np.add.at(spots, one, step)
        np.add.at(spots, other, -step)


def _near(x: Points, reach: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes that lie within `reach` of each other from left to right."""
    order = np.argsort(x, kind="stable")
    ends = np.searchsorted(x[order], x[order] + reach, side="right")
    counts = np.maximum(ends - np.arange(len(x)) - 1, 0)
    left = np.repeat(np.arange(len(x)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[left], order[left + 1 + within]


def _pack(count: int, placed: list[tuple[list[int], Points]], radii: Points) -> Points:
    """The parts as rectangles, each as near to the middle as the earlier ones let it."""
    spots = np.zeros((count, 2))
    boxes = np.zeros((0, 4))
    margin = 46.0
    turn = 0
    for part, own in placed:
        low = (own - radii[part, None]).min(axis=0) - margin
        high = (own + radii[part, None]).max(axis=0) + margin
        half = (high - low) / 2
        middle = np.zeros(2)
        while len(boxes):
            # Along a flat spiral that goes on where the last part found its place: never back into full ground.
            reach = 16.0 * np.sqrt(turn)
            middle = np.array([_WIDE * reach * np.cos(turn * 0.7), reach * np.sin(turn * 0.7) / _WIDE])
            clear = (np.abs(boxes[:, 0] - middle[0]) >= boxes[:, 2] + half[0]) | (
                np.abs(boxes[:, 1] - middle[1]) >= boxes[:, 3] + half[1]
            )
            if clear.all():
                break
            turn += 1
        boxes = np.vstack([boxes, [middle[0], middle[1], half[0], half[1]]])
        spots[part] = own - (low + high) / 2 + middle
    return spots
