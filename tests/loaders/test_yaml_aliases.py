"""YAML that swells: aliases of aliases, in records, heads of texts and maps of tables."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import LoadError
from kg.loaders import Report
from kg.loaders.reading import read_yaml
from kg.tables.mapfile import read_map

SWELLING = ["&z0 [x,x,x,x,x,x,x,x,x,x]", *(f"&z{n} [{','.join([f'*z{n - 1}'] * 10)}]" for n in range(1, 9))]
MERGED = "x: &x {a: 1}\n" + "".join(
    f"y{n}: &y{n} {{<<: [{','.join([f'*y{n - 1}' if n else '*x'] * 10)}]}}\n" for n in range(9)
)
ENTRIES = "entries:\n- Person: {name: Aino Virta}\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", f"source: {{id: a, title: [{', '.join(SWELLING)}]}}\n{ENTRIES}"),
        ("b.yaml", f"source: {{id: a}}\nentries:\n- meeting: {{party: [{', '.join(SWELLING)}]}}\n"),
        ("c.yaml", f"source: {{id: a}}\n{MERGED}{ENTRIES}"),
        ("d.md", f"---\nauthor: [{', '.join(SWELLING)}]\n---\nCarney met Xi in Ottawa.\n"),
    ],
)
def test_what_swells_is_refused(take: Callable[..., Report], name: str, text: str) -> None:
    (failed,) = take(name, text).failed
    assert "values by its aliases" in (failed.error or "")
    assert name in (failed.error or "")


def test_what_holds_itself_is_refused() -> None:
    with pytest.raises(LoadError, match="in line 1 holds an alias of itself"):
        read_yaml("&a [1, *a]", "x.yaml")


VALUES = f"&v {{{', '.join(f'v{n}: w' for n in range(500))}}}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"records:\n- record: Event\n  key: [{', '.join(SWELLING)}]\n", "values by its aliases"),
        (f"records: [&r {{record: Event, key: k, fields: {{when: {{column: a, values: {VALUES}}}}}}}"
         f"{', *r' * 500}]\n", "values by its aliases"),
        ("records: &r\n- record: Event\n  fields: {when: *r}\n", "an alias of itself"),
        ("records: &r [*r]\n", "an alias of itself"),
    ],
)  # fmt: skip
def test_maps_that_swell_are_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(LoadError, match=rf"^map.yaml .*{told}"):
        read_map(tmp_path / "map.yaml")


def test_plain_aliases_are_read(tmp_path: Path) -> None:
    assert read_yaml("a: &a [1, 2]\nb: {<<: &m {c: *a}, d: *m}", "x.yaml") == [
        {"a": [1, 2], "b": {"c": [1, 2], "d": {"c": [1, 2]}}}
    ]
    (tmp_path / "map.yaml").write_text(
        "records:\n- record: Organisation\n  fields: {name: &n {column: title, lang: fi}}\n"
        "- record: Agreement\n  fields: {name: *n}\n"
    )
    assert [record.fields["name"][0].lang for record in read_map(tmp_path / "map.yaml").records] == ["fi", "fi"]
