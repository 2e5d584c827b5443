"""What a build of almost nothing loads and compiles: counted, because times differ from machine to machine."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import environment, let_settle
from folders import ROOT

REPORT = """
import json, re, sys
from refeed.startup.kept_patterns import PatternFile
compiled = anew = 0
def counted(compile_one):
    def count(*arguments, **named):
        global compiled
        compiled += 1
        return compile_one(*arguments, **named)
    return count
compile_anew = re._compiler.compile
def count_anew(*arguments):
    global anew
    anew += 1
    return compile_anew(*arguments)
re._compiler.compile = counted(count_anew)
PatternFile.compile = counted(PatternFile.compile)  # it is made anew, or was kept
from refeed.startup.quick_click import load_click
load_click()
from refeed.cli import main
status = main()
print(json.dumps({"status": status, "compiled": compiled, "anew": anew, "modules": sorted(sys.modules)}))
"""
# From Python 3.13 on dataclasses asks inspect for the annotations of a class, which loads these.
BY_DATACLASSES = {"ast", "dis", "tokenize"} if sys.version_info >= (3, 13) else set[str]()
POST = "---\ntitle: Fog\ndate: 2020-05-0{day}T08:00:00Z\n---\n<p>The ferry waits.</p>\n"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Build two posts with an index, and once more when nothing is new; return what each process says."""
    folder = tmp_path_factory.mktemp("startup")
    for day in (1, 2):
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / f"{day}.html").write_text(POST.format(day=day))
    let_settle()
    return {name: report(folder) for name in ("cold", "warm")}


def report(folder: Path) -> Any:
    options = ["build", "in", "-o", "feed.xml", "--index", "index.sqlite", "--workers", "1"]
    command = [sys.executable, "-c", REPORT, *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def packages(modules: list[str], of: str) -> set[str]:
    """Return the packages of a distribution that have a module among these."""
    return {name.split(".")[1] for name in modules if name.startswith(f"{of}.")}


def test_both_builds_went_through(builds: dict[str, Any]) -> None:
    assert (builds["cold"]["status"], builds["warm"]["status"]) == (0, 0)


def test_a_build_of_html_loads_nothing_for_markdown_charsets_selectors_or_processes(builds: dict[str, Any]) -> None:
    unneeded = {"chardet.detector", "markdown_it", "multiprocessing", "rich", "soupsieve.css_parser", "uvicorn"}
    assert (unneeded | {"refeed.input.charsets", "refeed.input.damaged_utf8"}) & set(builds["cold"]["modules"]) == set()


def test_a_build_of_html_loads_nothing_for_time_zones_resources_sites_and_expressions(
    builds: dict[str, Any],
) -> None:
    unneeded = {"dateutil.tz._common", "importlib.resources", "refeed.markup.templates.syntax", "tempfile", "zoneinfo"}
    assert (unneeded | {"refeed.sites.generators"}) & set(builds["cold"]["modules"]) == set()


def test_a_build_of_html_loads_nothing_that_reads_saved_feeds_exports_and_pages(builds: dict[str, Any]) -> None:
    unneeded = {"csv", "refeed.formats.feeds.entry", "refeed.formats.feeds.tombstones", "refeed.formats.objects.lists"}
    assert (unneeded | {"refeed.formats.objects.article", "refeed.formats.pages.saved_page"}) & set(
        builds["cold"]["modules"]
    ) == set()


def test_a_build_of_posts_under_json_loads_nothing_that_reads_lists(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.md").write_text('{"title": "Fog", "date": "2020-05-01T08:00:00Z"}\n\nThe ferry waits.\n')
    built = report(tmp_path)
    assert built["status"] == 0
    assert "refeed.formats.headers.json" in built["modules"]
    assert {"csv", "refeed.formats.objects"} & set(built["modules"]) == set()


def test_a_build_of_html_loads_nothing_that_reads_notes_messages_and_other_headers(builds: dict[str, Any]) -> None:
    unneeded = {"fields", "json", "properties"}
    assert {f"refeed.formats.headers.{name}" for name in unneeded} & set(builds["cold"]["modules"]) == set()
    unneeded = {"refeed.formats.bodies.movable_type_text", "refeed.formats.notes", "refeed.formats.objects", "textwrap"}
    assert unneeded & set(builds["cold"]["modules"]) == set()


def test_no_build_loads_what_restricts_found_settings_nor_texts_on_problems(builds: dict[str, Any]) -> None:
    modules = {*builds["cold"]["modules"], *builds["warm"]["modules"]}
    assert {"refeed.config.trust", "refeed.problem_kinds"} & modules == set()


def test_a_build_of_plain_posts_loads_nothing_for_sites_links_titles_and_other_files(builds: dict[str, Any]) -> None:
    unneeded = {"hidden_parts.remarks", "input.parts_of_exports", "not_articles", "pipeline.linked.posts"}
    unneeded |= {"pipeline.entries.missing_title", "sites.files", "sites.slugs", "sites.values_in_posts"}
    assert {f"refeed.{name}" for name in unneeded} & set(builds["cold"]["modules"]) == set()


def test_a_build_of_markdown_loads_nothing_for_directives_and_rare_blocks(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.md").write_text("---\ntitle: Fog\ndate: 2020-05-01\n---\nThe *ferry* waits -- or not.\n")
    built = report(tmp_path)
    assert built["status"] == 0
    assert "refeed.markup.markdown" in built["modules"]
    rare = {"content_tabs", "fenced_callouts", "grid_tables", "line_blocks", "simple_tables"}
    unneeded = {"refeed.markup.myst", *(f"refeed.markup.blocks.{name}" for name in rare)}
    assert unneeded & set(built["modules"]) == set()


def test_no_build_loads_what_libraries_use_for_others(builds: dict[str, Any]) -> None:
    unneeded = {
        "_hashlib",
        "_locale",
        "ast",
        "difflib",
        "dis",
        "gettext",
        "gzip",
        "hashlib",
        "pkgutil",
        "platform",
        "uuid",
    }
    assert unneeded & {*builds["cold"]["modules"], *builds["warm"]["modules"]} <= BY_DATACLASSES


def test_the_program_loads_nothing_for_addresses_in_brackets_and_paths_of_windows(tmp_path: Path) -> None:
    # Without what an installation from the sources loads itself.
    (tmp_path / "1.html").write_text(POST.format(day=1) + '<img src="https://ledger.example/a.jpg">')
    command = [sys.executable, "-S", "-X", "importtime", "-m", "refeed", "build", "1.html", "-o", "feed.xml"]
    variables = environment(PYTHONPATH=os.pathsep.join([str(ROOT), *filter(None, sys.path)]))
    done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"pathlib", "refeed.addresses.private_hosts", "urllib.parse"} <= loaded
    assert {"ipaddress", "ntpath"} & loaded == set()


def test_a_build_of_html_logs_nothing(builds: dict[str, Any]) -> None:
    unneeded = {"logging", "string", "tokenize", "typing_extensions"}
    assert unneeded & set(builds["cold"]["modules"]) <= BY_DATACLASSES


def test_a_build_of_nothing_new_loads_nothing_that_reads_an_article(builds: dict[str, Any]) -> None:
    modules = builds["warm"]["modules"]
    assert packages(modules, "refeed") & {"addresses", "clean", "dates", "formats", "html", "markup", "text"} == set()
    assert {"bs4", "dateutil", "feedgen", "lxml", "nh3", "regex", "yaml"} & set(modules) == set()
    assert {"csv", "tempfile"} & set(modules) == set()


def test_tables_of_patterns_are_not_compiled_as_a_whole(builds: dict[str, Any]) -> None:
    # 117 and 7 when this was written, half of them of libraries. To compile one anew takes a tenth of a millisecond, to
    # compile a large one two.
    assert builds["cold"]["compiled"] <= 130
    assert builds["warm"]["compiled"] <= 12


def test_what_every_build_needs_is_compiled_once(builds: dict[str, Any]) -> None:
    assert builds["warm"]["anew"] <= len(BY_DATACLASSES)  # each of these modules has one, at most


def test_the_program_begins_before_anything_else_is_loaded() -> None:
    # Until it has begun Python looks for garbage at every 700th object, and typing makes thousands.
    program = "import sys; before = {*sys.modules}; import refeed.__main__; print(sorted({*sys.modules} - before))"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert {"refeed", "refeed.__main__", "refeed.version", "atexit", "gc"} >= set(ast.literal_eval(done.stdout))
