"""`kg forget` takes whatever names a source to `kg load` or in `kg sources`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

NOTE = """source: {{id: {id}, title: {title}, url: "{url}"}}
entries:
  - Person: {{name: Aino Virta, nationality: FIN}}
"""


@pytest.fixture
def loaded(kg: Callable[..., Result], tmp_path: Path) -> Callable[..., Result]:
    """A project with two sources in files of two folders; they have one title."""
    kg("init")
    for number in (1, 2):
        file = tmp_path / "in" / f"folder-{number}" / f"file-{number}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(NOTE.format(id=f"key-{number}", title="A Note", url=f"https://example.org/n/{number}"))
    twin = tmp_path / "in" / "folder-2" / "file-1.yaml"
    twin.write_text(NOTE.format(id="other", title="Another", url="https://example.org/other"))
    assert kg("load", "in").exit_code == 0
    return kg


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("key-2", "key-2"),
        ("key-2.", None),
        ("https://w3id.org/bilateral/source/key-2", "key-2"),
        ("http://EXAMPLE.org/n/2/?utm_source=x", "key-2"),
        ("in/folder-2/file-2.yaml", "key-2"),
        ("file-2.yaml", "key-2"),
        ("in/folder-1/file-1.yaml", "key-1"),
        ("file-1.yaml", None),
        ("Another", "other"),
        ("another", "other"),
        ("A Note", None),
        ("oth", None),
        ("othe", "other"),
        ("\0", None),
        ("x" * 5_000, None),
        ("", None),
    ],
)
def test_by_each_name(loaded: Callable[..., Result], name: str, key: str | None) -> None:
    done = loaded("forget", name, "--json")
    there = {row["id"] for row in json.loads(loaded("sources", "--json").stdout)}
    assert {"key-1", "key-2", "other"} - there == ({key} if key else set())
    assert done.exit_code == (0 if key else 1)


def test_what_is_not_clear_is_listed(loaded: Callable[..., Result]) -> None:
    assert "'A Note' means several sources: key-1, key-2; give an id." in loaded("forget", "A Note").stderr
    assert "Did you mean Another" in loaded("forget", "Anather").stderr
    assert loaded("forget", "Another", "file-1.yaml").exit_code == 1, "all or none"
    assert "Forgot other: " in loaded("forget", "Another", "--table").stdout
