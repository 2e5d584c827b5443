"""Whatever may stand in a header of AsciiDoc ends it nowhere else, and Org's keywords count wherever they stand."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.formats import load_formats
from refeed.model import Document, RawRecord, SourceFile
from refeed.options import Options
from refeed.records.context import context_for
from refeed.records.reader import read_metadata

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
DAY: Final = datetime(2021, 3, 4, tzinfo=UTC)
ADOC: Final = "= Tide\n:revdate: 2021-03-04\n"
ORG: Final = "#+TITLE: Tide\n#+DATE: 2021-03-04\n"
YAML: Final = "---\ntitle: Tide\ndate: 2021-03-04\n---\n"
TEXT: Final = "\nThe water rose.\n"
# https://docs.asciidoctor.org/asciidoc/latest/document/header/: attributes that are unset, comments, directives and
# values in several lines.
LINES: Final = (
    *(":toc!:", ":!toc:", "// A note.", "////\nA note.\n\nAnother.\n////", "include::shared.adoc[]"),
    *(":description: a long \\\nline", ":description: a long + \\\n  line", "ifdef::boats[]\n:nets: 3\nendif::[]"),
)
DRAFTS: Final = (
    *((".adoc", f"{ADOC}{line}\n:page-draft: true\n{TEXT}") for line in LINES),
    (".adoc", f"{ADOC}:jbake-status: \\\n draft\n{TEXT}"),
    (".adoc", f":page-draft: true\n\n{ADOC}{TEXT}"),
    (".adoc", f"{ADOC}:!draft:\n:draft:\n{TEXT}"),  # the last one counts
    # A remark on the revision is `revremark`.
    *((".adoc", f"= Tide\nAda\n{line}: draft\n{TEXT}") for line in ("2021-03-04", "v1.0, 2021-03-04")),
    (".adoc", f"= Tide\n// A note.\nAda Ship <ada@quay.example>\n// A note.\n2021-03-04: draft\n{TEXT}"),
    (".adoc", f"= Tide\nAda\nv1.0: draft\n:revdate: 2021-03-04\n{TEXT}"),
    # jekyll-asciidoc reads what stands under the front matter, too; ox-hugo's files may have one as well.
    *((".adoc", f"{YAML}{line}\n{TEXT}") for line in (":page-published: false", "= High\n:draft:")),
    (".org", f"{YAML}{TEXT}\n#+HUGO_DRAFT: true\n"),
    (".org", f"{ORG}  #+HUGO_DRAFT: true\n{TEXT}"),
    (".org", f"{ORG}:LOGBOOK:\n- Begun.\n:END:\n#+HUGO_DRAFT: t\n{TEXT}"),
    # Org collects keywords from the whole buffer; what nothing ends is no block.
    *((".org", f"{ORG}{TEXT}\n{line}\n") for line in ("#+FILETAGS: :draft:", "#+OPTIONS: draft:t", "#+draft: yes")),
    (".org", f"{ORG}#+FILETAGS: :sea:\n{TEXT}\n#+filetags: :draft:\n"),
    (".org", f"{ORG}{TEXT}\n#+begin_quote\n#+HUGO_DRAFT: true\n"),
    # ox-hugo puts these into the front matter.
    (".org", f"{ORG}\n#+begin_src yaml :front_matter_extra t\ndraft: true\n#+end_src\n{TEXT}"),
    (".org", f"{ORG}\n#+begin_src toml :front_matter_extra t\ndraft = true\n#+end_src\n{TEXT}"),
)
POSTS: Final = (
    *((".adoc", f"= Tide\n{line}\n:revdate: 2021-03-04\n{TEXT}") for line in LINES),
    *((".adoc", f"{ADOC}{line}\n{TEXT}") for line in (":draft!:", ":draft:\n:!draft:", ":toc!:\n---")),
    (".adoc", f"= Tide\nAda\nv1.0, 2021-03-04: first edition\n{TEXT}"),
    (".adoc", f"{YAML}= Tide\n:toc!:\n{TEXT}"),
    (".adoc", f"{YAML}{TEXT}\n:draft:\n"),  # an attribute of the text
    (".md", f"{YAML}:draft:\n{TEXT}"),
    *(
        (".org", f"{ORG}{TEXT}\n#+begin_{kind}\n#+HUGO_DRAFT: true\n#+end_{kind}\n#+FILETAGS: :sea:\n")
        for kind in ("src", "EXAMPLE")
    ),
    (".org", f"{ORG}{TEXT}\n#+begin_src yaml\ndraft: true\n#+end_src\n"),
)


@pytest.mark.parametrize(
    ("suffix", "text", "is_draft"), [*((*one, True) for one in DRAFTS), *((*one, False) for one in POSTS)]
)
def test_a_header_is_read_to_its_end(suffix: str, text: str, is_draft: bool, tmp_path: Path) -> None:
    file = tmp_path / f"tide{suffix}"
    file.write_text(text)
    ((meta, _),) = read_metadata(SourceFile(str(file), file.name), context_for(Options(), NOW)).records
    assert (meta.title, bool(meta.key.withheld)) == ("Tide", is_draft)
    assert meta.key.date
    assert meta.key.date.value == DAY


@pytest.mark.parametrize(("line", "is_read"), [("type=post", True), ("type=", False), ("layout=post", False)])
def test_a_header_without_a_type_is_none_of_jbake(line: str, is_read: bool) -> None:
    text = f"title=Tide\ndate=2021-03-04\nstatus=published\n{line}\n~~~~~~\n{TEXT}"  # JBake renders no such file
    found = [*load_formats()["comment-fields"].parse(Document(SourceFile("a.md", "a.md"), text.encode()))]
    assert len(found) == is_read


def test_what_a_condition_of_the_header_hides_is_hidden() -> None:
    text = f"{ADOC}ifdef::boats[]\n:nets: 3\n\nAsk Ada.\nendif::[]\n{TEXT}"
    (record,) = load_formats()["comment-fields"].parse(Document(SourceFile("a.adoc", "a.adoc"), text.encode()))
    assert isinstance(record, RawRecord)
    assert "Ask Ada" not in str(record.body)
    assert "The water rose" in str(record.body)


def test_a_map_of_clojure_that_ends_in_remarks_is_none() -> None:
    text = '{:title "Tide" :date "2021-03-04" ' + ";" * 40_000  # each of them may begin a remark
    assert not [*load_formats()["comment-fields"].parse(Document(SourceFile("a.md", "a.md"), text.encode()))]


def test_what_a_map_of_clojure_leaves_out_is_not_read() -> None:
    text = '{:title "Tide" #_:layout #_:page :date #_"2020-01-01" "2021-03-04" :tags ["sea" #_"fog" "boats"]}\n\nFog.\n'
    (record,) = load_formats()["comment-fields"].parse(Document(SourceFile("a.md", "a.md"), text.encode()))
    assert isinstance(record, RawRecord)
    said = (record.titles, record.dates, record.categories)
    assert [[one.text for one in statements] for statements in said] == [["Tide"], ["2021-03-04"], ["sea", "boats"]]


@pytest.mark.parametrize("tag", ["#_ ", "#inst "])
def test_a_map_of_clojure_of_nothing_but_tags_is_none(tag: str) -> None:
    text = f'{{:title "Tide" :date {tag * 1_500}"2021-03-04"}}\n\nFog.\n'
    assert not [*load_formats()["comment-fields"].parse(Document(SourceFile("a.md", "a.md"), text.encode()))]
