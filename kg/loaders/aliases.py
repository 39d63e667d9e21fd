"""Aliases of YAML: a short file may stand for so many values that no memory holds them."""

import yaml

from kg.errors import LoadError

__all__ = ["check_aliases"]

# Beyond these, what the aliases stand for may be so many times what is written.
_FREE, _TIMES = 10_000, 10


def check_aliases(root: yaml.Node, where: str) -> None:
    """Refuse a document that its aliases make far larger than it is, or endless.

    Raises:
        LoadError: it is so.
    """
    sizes: dict[int, int] = {}
    begun: set[int] = set()

    def size(node: yaml.Node) -> int:
        if isinstance(node, yaml.ScalarNode):
            return 1
        if (known := sizes.get(id(node))) is not None:
            return known
        if id(node) in begun:
            line = node.start_mark.line + 1
            raise LoadError(f"{where} is nested too deeply: what stands in line {line} holds an alias of itself.")
        begun.add(id(node))
        sizes[id(node)] = found = 1 + sum(map(size, _children(node)))
        return found

    whole = size(root)
    written = sum(len(node.value) for node in _distinct(root))
    if whole > _FREE + _TIMES * written:
        raise LoadError(
            f"{where} stands for {whole:,} values by its aliases, and has {written:,}; write out what is meant, with "
            "fewer aliases."
        )


def _distinct(root: yaml.Node) -> list[yaml.Node]:
    """All nodes but scalars, each once."""
    found: dict[int, yaml.Node] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode) or id(node) in found:
            continue
        found[id(node)] = node
        waiting += _children(node)
    return list(found.values())


def _children(node: yaml.Node) -> list[yaml.Node]:
    """The items of a list; the keys and values of a mapping."""
    return node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
