"""Named questions: each is one SPARQL file in this folder, with a twin of the same name in ``cypher/questions``.

>>> from kg.questions import questions
>>> questions()["meetings"].usage.startswith("kg ask meetings ")
True
"""

from kg.questions.catalogue import Question, question, questions
from kg.questions.run import Row, Thing, ask

__all__ = ["Question", "Row", "Thing", "ask", "question", "questions"]
