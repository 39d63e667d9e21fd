"""Bundles that do not come from an export, and what becomes of the judgements of a project."""

import io
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import iris
from kg.loaders import Report
from kg.loaders import bundle as module
from kg.project import Project
from kg.resolve import Judgements

GRAPH = b'<https://x/s> <https://x/p> "v" <https://w3id.org/bilateral/source/g> .\n'
A, B, C, D = (f"https://x/{letter}" for letter in "abcd")
OURS = f"""# kept by the desk
same:
  - [{A}, {B}]  # asked on Monday
accepted:
- {A}
rejected: []
"""


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return held.getvalue()


@pytest.fixture
def bring(take: Callable[..., Report]) -> Callable[..., str | None]:
    """Load a bundle with a file of judgements; gives the error."""

    def call(judged: bytes | str) -> str | None:
        content = judged.encode() if isinstance(judged, str) else judged
        return take("b.zip", packed(("graph.nq", GRAPH), ("judgements.yaml", content))).files[0].error

    return call


def test_all_lists_of_a_bundle_are_added_and_the_file_keeps_its_form(
    project: Project, bring: Callable[..., str | None]
) -> None:
    project.judgements_file.write_text(OURS)
    error = bring(
        f"same:\n- [{B}, {A}]\n- [{C}, {D}, {A}]  # all three\ndifferent: [[{C}, {B}]]\n"
        f"accepted: [{B}]\nrejected:\n- {C}\n- {A}\n"
    )
    assert error is None
    text = project.judgements_file.read_text()
    assert text.startswith(f"# kept by the desk\nsame:\n  - [{A}, {B}]  # asked on Monday\n")
    assert f"  - [{C}, {D}, {A}]  # all three\n" in text
    found = Judgements.read(project.judgements_file)
    assert found.same == {frozenset((A, B)), frozenset((C, D, A))}
    assert found.different == {frozenset((B, C))}
    assert found.accepted == {A, B}
    assert found.rejected == {C}, "that the project accepted A stays"
    assert bring(text) is None and project.judgements_file.read_text() == text


def test_what_a_bundle_says_to_the_contrary_is_left_out_and_told(project: Project, take: Callable[..., Report]) -> None:
    project.judgements_file.write_text(OURS)
    judged = f"different:\n- [{A}, {B}]\n- [{A}, {B}, {C}]\n".encode()
    report = take("b.zip", packed(("graph.nq", GRAPH), ("judgements.yaml", judged)))
    assert project.judgements_file.read_text() == OURS
    assert report.files[0].sources[0].notes == (
        "2 judgements of it are left out: those of this project say the contrary.",
    )


BROKEN = [
    b"same: [",
    b"same: 5",
    b"\xff\xfe\x00",
    b"[[2026-99-99, a]]",
    b"same: [[2026-99-99, b]]",
    b"[" * 5000,
    b"foo: 1",
    b"same: [[https://x/a, https://x/b]]\nsame: []",
    b"accepted: [[https://x/a]]",
    b"same: !!python/object/apply:os.system [id]",
    b"5",
]


@pytest.mark.parametrize("there", [None, OURS])
@pytest.mark.parametrize("judged", BROKEN, ids=lambda b: b[:20].decode("latin-1"))
def test_broken_judgements_are_refused_and_nothing_is_written(
    project: Project, bring: Callable[..., str | None], judged: bytes, there: str | None
) -> None:
    if there:
        project.judgements_file.write_text(there)
    error = bring(judged)
    assert error and "judgements.yaml" in error and "\n" not in error and len(error) < 1000
    assert (project.judgements_file.read_text() if there else None) == there
    assert project.judgements_file.exists() == bool(there)
    with project.reading() as graph:
        assert not graph.sources()
    assert bring("accepted: []") is None


def test_a_project_file_in_another_form_is_left_alone(project: Project, bring: Callable[..., str | None]) -> None:
    text = f"{{same: [[{A}, {B}]]}}\n"
    project.judgements_file.write_text(text)
    error = bring(f"accepted: [{C}]")
    assert error and "cannot be added" in error
    assert project.judgements_file.read_text() == text


def test_bombs_are_refused_before_they_are_unpacked(
    take: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    zeros = b"#" + b"0" * 3_000_000 + b"\n"
    assert not take("small.zip", packed(("graph.nq", GRAPH + zeros))).failed
    monkeypatch.setattr(module, "_SMALL", 1_000_000)
    monkeypatch.setattr(module, "parsed_file", None)
    for name in ("graph.nq", "judgements.yaml", f"texts/{iris.sha256(zeros)}.txt"):
        for padding in (b"", random.Random(1).randbytes(100_000)):
            members = {"graph.nq": GRAPH, "other": padding, name: zeros}
            (failed,) = take("bomb.zip", packed(*members.items())).failed
            assert "would unpack to 3 MB" in (failed.error or "")
    monkeypatch.setattr(module, "_MAX_JUDGEMENTS", 10)
    (failed,) = take("long.zip", packed(("graph.nq", GRAPH), ("judgements.yaml", b"# a long remark"))).failed
    assert "judgements.yaml is larger" in (failed.error or "")


def test_texts_are_checked_before_the_graph_is_read(
    take: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "parsed_file", None)
    (failed,) = take("texts.zip", packed(("graph.nq", GRAPH), (f"texts/{iris.sha256('a')}.txt", b"b"))).failed
    assert "is not the text that its name says" in (failed.error or "")


def test_a_size_that_is_a_lie_gives_no_more_than_it_says(take: Callable[..., Report]) -> None:
    whole = bytearray(packed(("graph.nq", GRAPH + b"#" + b"0" * 50_000_000)))
    at = whole.index(b"PK\x01\x02")
    whole[at + 24 : at + 28] = len(GRAPH).to_bytes(4, "little")
    (failed,) = take("lie.zip", bytes(whole)).failed
    assert "is damaged" in (failed.error or "") or "no well-formed" in (failed.error or "")


def test_an_endless_line_is_told(take: Callable[..., Report]) -> None:
    line = b'<https://x/s> <https://x/p> "' + b"x" * 20_000_000 + b'" .\n'
    for name, content in (("long.zip", packed(("graph.nq", line), method=zipfile.ZIP_STORED)), ("long.nt", line)):
        (failed,) = take(name, content).failed
        assert "longer than 16 MB" in (failed.error or "")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_no_export_packs_is_refused(take: Callable[..., Report]) -> None:
    (failed,) = take("twice.zip", packed(("graph.nq", GRAPH), ("graph.nq", GRAPH))).failed
    assert "holds 'graph.nq' twice" in (failed.error or "")
    (failed,) = take("lzma.zip", packed(("graph.nq", GRAPH), method=zipfile.ZIP_LZMA)).failed
    assert "packed in a way" in (failed.error or "")
    whole = packed(("graph.nq", GRAPH * 50), ("judgements.yaml", b"accepted: []"))
    for at in range(len(whole) - 22, 40, -31):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        take("damaged.zip", bytes(damaged))  # whatever it gives, it is no traceback
    assert take("cut.zip", whole[: len(whole) // 2]).failed
    assert take("cut.zip", b"no archive", loader="bundle").failed
    assert not take("whole.zip", whole).failed


def test_a_bundle_of_a_project_with_judgements_restores_them(project: Project, made: Path, tmp_path: Path) -> None:
    from kg.export import bundle
    from kg.loaders import load

    project.judgements_file.write_text(OURS)
    load(project, [_note(tmp_path)])
    with (tmp_path / "all.zip").open("wb") as out:
        bundle(project, out)
    other = Project(Path(shutil.copytree(made, tmp_path / "other")))
    assert not load(other, [tmp_path / "all.zip"]).failed
    assert other.judgements_file.read_text() == OURS


def _note(folder: Path) -> Path:
    path = folder / "note.yaml"
    path.write_text("source: {id: n, title: N}\nentries: [{statement: {speaker: CAN, text: Trade.}}]\n")
    return path
