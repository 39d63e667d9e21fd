"""Queries of people: right answers, nothing changed, nobody reached, never without end."""

import io
import time
from collections.abc import Callable

import pytest

from kg.errors import QueryError
from kg.project import Project
from kg.sparql import check, run
from tests.core.conftest import account


def answer(project: Project, query: str, **options: object) -> tuple[bool, str]:
    out = io.BytesIO()
    found = run(project, query, out, **options)  # type: ignore[arg-type]
    return found, out.getvalue().decode()


def test_rows_triples_and_truth(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    found, text = answer(project, "SELECT ?t WHERE { GRAPH source:a { ?s dcterms:title ?t } }")
    assert (found, text.split()) == (True, ["t", "Document", "a"])
    found, text = answer(project, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH source:a { ?s a kg:MeetingAccount ; ?p ?o } }")
    assert found
    assert "kg:MeetingAccount" in text
    assert answer(project, "ASK { ?s a kg:Vote }") == (False, "false\n")
    assert not answer(project, "SELECT ?v WHERE { ?v a kg:Vote }")[0]
    assert '"bindings"' in answer(project, "SELECT ?t WHERE { ?s dcterms:title ?t }", format="json")[1]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent ?x { ?s ?p ?o } }",
        "SELECT * WHERE { BIND('x' AS ?y) SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p ?o # '\n SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } # '\n }",
        "SELECT * WHERE { FILTER(1<2) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } FILTER(3>2) }",
    ],
)
def test_service_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service a kg:Office }",
        "SELECT * WHERE { ?s ?p 'the SERVICE was good' }",
        "SELECT * WHERE { ?s ex:SERVICE <http://x/SERVICE> } # SERVICE",
    ],
)
def test_the_word_alone_is_not(query: str) -> None:
    check(query)


def test_nothing_can_be_changed_and_mistakes_are_sentences(project: Project) -> None:
    for query in ("DELETE WHERE { ?s ?p ?o }", "SELECT WHERE", "", "SELECT * WHERE { nope:x ?p ?o }"):
        with pytest.raises(QueryError, match="cannot be run"):
            answer(project, query)


def test_a_query_is_given_up_at_its_limit(project: Project) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?g != ?a) }"
    start = time.monotonic()
    with pytest.raises(QueryError, match="more than 1 s"):
        answer(project, endless, limit=1.0)
    assert time.monotonic() - start < 5


def test_a_query_that_names_its_graphs_sees_these_alone(project: Project, load: Callable[..., None]) -> None:
    load("a", *account("a"))
    load("b", *account("b"))
    for clause, count in (("FROM source:a", "1"), ("FROM source:a FROM source:b", "2"), ("FROM source:none", "0")):
        assert answer(project, f"SELECT (COUNT(?s) AS ?n) {clause} WHERE {{ ?s a kg:Document }}")[1].split()[1] == count


def test_a_query_that_is_nested_too_deeply(project: Project) -> None:
    deep = "SELECT * WHERE " + "{" * 5_000 + "?s ?p ?o" + "}" * 5_000
    with pytest.raises(QueryError, match="nested too deeply"):
        answer(project, deep)
