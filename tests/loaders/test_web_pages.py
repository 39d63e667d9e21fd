"""Saved web pages."""

from collections.abc import Callable

from kg.loaders import Report
from kg.project import Project

PAGE = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Leaders meet | Gazette</title><meta property="og:title" content="Leaders meet in Ottawa">
<meta property="og:site_name" content="Xinhua"><meta property="article:published_time" content="2030-05-02T10:00:00Z">
<meta name="author" content="Jane Doe"><link rel="canonical" href="https://example.org/news/leaders-meet">
<script>var a = "Japan met Korea.";</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Leaders meet in Ottawa</h1>
<p>Canadian Prime Minister Mark Carney met Chinese President Xi Jinping in Ottawa on Wednesday. Carney said Canada is
ready to expand cooperation in trade with China over the coming years – à bientôt.</p>
<p>Xi stressed that both sides should respect each other, and he called for closer exchanges in education.</p>
</article><footer>Copyright of the Gazette. All rights reserved.</footer></body></html>"""


def test_page_with_its_own_metadata(take: Callable[..., Report], project: Project) -> None:
    report = take("page.html", PAGE.format(charset="utf-8"))
    assert report.files[0].loader == "html"
    with project.reading() as graph:
        (source,) = graph.sources()
        assert source.title == "Leaders meet in Ottawa"
        assert (source.publisher, source.published) == ("Xinhua", "2030-05-02")
        assert source.author == ("Jane Doe",)
        assert source.url == "https://example.org/news/leaders-meet"
        text = graph.text(source.iri) or ""
    assert "à bientôt" in text
    for furniture in ("Japan met Korea", "Home", "Copyright"):
        assert furniture not in text
    assert "\n\nXi stressed" in text, "paragraphs stay apart"


def test_declared_encoding(take: Callable[..., Report], project: Project) -> None:
    take("page.html", PAGE.format(charset="windows-1252").encode("cp1252"))
    with project.reading() as graph:
        (source,) = graph.sources()
        assert "years – à bientôt" in (graph.text(source.iri) or "")


def test_a_page_under_another_name_is_known_by_its_content(take: Callable[..., Report]) -> None:
    assert take("saved.page", PAGE.format(charset="utf-8")).files[0].loader == "html"


def test_a_page_without_text(take: Callable[..., Report]) -> None:
    (file,) = take("page.html", "<html><body></body></html>").failed
    assert "no running text" in (file.error or "")


def test_absurd_nesting_is_no_crash(take: Callable[..., Report]) -> None:
    assert take("page.html", "<div>" * 20_000 + "hello" + "</div>" * 20_000).files[0].status in {"failed", "loaded"}
