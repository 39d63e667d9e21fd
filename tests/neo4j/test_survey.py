"""What is known of all graphs before they are read one by one, whoever found it out."""

from kg.mirror.counting import count, total
from kg.mirror.graphs import Graphs, Survey, code, surveyed
from tests.neo4j.mirrored import sample, store_of


def test_a_thing_of_two_graphs_is_shared() -> None:
    graphs = Graphs(store_of(sample()))
    subjects = {name: set(graphs.subjects(name)) for name in graphs.names}
    survey = graphs.survey()
    assert survey.sizes == {name: len(found) for name, found in subjects.items()}
    every = [iri for found in subjects.values() for iri in found]
    twice = {iri for iri in every if every.count(iri) > 1}
    assert twice
    assert survey.shared == {code(iri) for iri in twice}
    assert surveyed({**graphs.codes(graphs.names[::2]), **graphs.codes(graphs.names[1::2])}) == survey


def test_things_with_one_code_are_no_less_mirrored() -> None:
    store = store_of(sample())
    wanted = total(Graphs(store), count(Graphs(store), iter([*Graphs(store).names, ""])))
    graphs = Graphs(store)
    graphs.know(Survey({code(iri) for name in graphs.names for iri in graphs.subjects(name)}, {}))
    assert total(graphs, count(graphs, iter([*graphs.names, ""]))) == wanted
