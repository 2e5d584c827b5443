"""The documentation says what the program does: tables are made from it, commands exist, examples run."""

import importlib
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
import feedparser
import pytest
import yaml
from command_line import dump, environment, process
from folders import FIXTURES, ROOT
from man_page import man_page

from refeed import cli
from refeed.commands import command_names, load_command
from refeed.config.limit_settings import LIMIT_SETTINGS
from refeed.config.setting import Setting
from refeed.config.settings import SETTINGS
from refeed.config.table_settings import FEED_SETTINGS, NAMED_FEED_SETTINGS, PUBLISH_SETTINGS, SITE_SETTINGS
from refeed.config.toml_file import load_configuration
from refeed.dates import load_dialects
from refeed.formats import load_formats
from refeed.outputs import load_outputs
from refeed.problem_kinds import CODES
from refeed.validation.rules import RULES
from refeed.version import VERSION

README = (ROOT / "README.md").read_text()
REFERENCE = ROOT / "docs" / "reference.md"
COMMANDS = {name: load_command(name) for name in command_names()}


def table(header: str, rows: Iterable[Iterable[str]]) -> str:
    lines = [header, re.sub(r"[^|]+", "---", header)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)])


def first_line(module: str) -> str:
    return (importlib.import_module(module).__doc__ or "").partition("\n")[0]


def settings_table(settings: Iterable[Setting]) -> str:
    return table("| key | meaning |", ((f"`{setting.name}`", setting.help) for setting in settings))


def options_of(command: click.Command) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            shape = "" if parameter.is_flag else " " + parameter.make_metavar(click.Context(command))
            yield ", ".join(f"`{name}{shape}`" for name in parameter.opts), parameter.help or ""


def example_lines(command: click.Command) -> list[str]:
    """Return the examples that the command's help ends with."""
    return [line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  ")]


def commands() -> str:
    parts = []
    for name, command in sorted(COMMANDS.items()):
        usage = command.get_usage(click.Context(command, info_name=f"refeed {name}")).removeprefix("Usage: ")
        about = re.sub(r"\s+", " ", (command.help or "").strip())
        shown = "\n".join(f"    {line}" for line in example_lines(command))
        options = table("| option | meaning |", options_of(command))
        parts.append(f"### `{usage}`\n\n{about}\n\n{shown}\n\n{options}")
    return "\n\n".join(parts)


TABLES: dict[str, Callable[[], str]] = {
    "allow": lambda: settings_table(LIMIT_SETTINGS),
    "commands": commands,
    "dates": lambda: table(
        "| kind | what it reads |", ((n, first_line(f"refeed.dates.dialects.{n}")) for n in load_dialects())
    ),
    "feed": lambda: settings_table(FEED_SETTINGS),
    "outputs": lambda: table(
        "| format | type | suffix |", ((f"`{o.name}`", f"`{o.media_type}`", o.suffix) for o in load_outputs().values())
    ),
    "problems": lambda: table(
        "| code | severity | meaning | what to do |", ((f"`{code}`", *kind) for code, kind in CODES.items())
    ),
    "feeds": lambda: settings_table(NAMED_FEED_SETTINGS),
    "publish": lambda: settings_table(PUBLISH_SETTINGS),
    "rules": lambda: table(
        "| code | severity | meaning | where it is written | cure |",
        ((f"`{code}`", rule.severity, rule.meaning, rule.source, rule.cure) for code, rule in RULES.items()),
    ),
    "sources": lambda: settings_table(SITE_SETTINGS),
}


def test_the_reference_is_made_from_the_program(accept: bool) -> None:
    text = REFERENCE.read_text()
    assert set(re.findall(r"<!-- begin (\w+) -->", text)) == set(TABLES)
    for name, make in TABLES.items():
        marks = rf"<!-- begin {name} -->\n(.*)<!-- end {name} -->"
        before, _, after = re.split(marks, text, flags=re.DOTALL)
        text = f"{before}<!-- begin {name} -->\n{make()}\n<!-- end {name} -->{after}"
    if accept:
        REFERENCE.write_text(text)
    assert REFERENCE.read_text() == text


def test_the_man_page_is_made_from_the_program(accept: bool) -> None:
    path = ROOT / "docs" / "refeed.1"
    if accept:
        path.write_text(man_page())
    assert path.read_text() == man_page()
    assert all(f"refeed {name}" in man_page() for name in COMMANDS)
    assert not [line for line in man_page().splitlines() if line.startswith("'")]  # no request that nobody meant


def test_every_command_and_option_says_what_it_does() -> None:
    for command in COMMANDS.values():
        assert command.short_help
        assert command.help
        assert all(text.endswith(".") for _, text in options_of(command))
        assert example_lines(command)
    for setting in (*SETTINGS, *FEED_SETTINGS, *SITE_SETTINGS):
        assert setting.help.endswith((".", "`."))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_are_right(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("archive").mkdir()  # init wants it to exist
    for line in example_lines(COMMANDS[name]):
        refeed, command, *arguments = shlex.split(line.partition(" > ")[0])
        assert (refeed, command) == ("refeed", name)
        assert COMMANDS[name].make_context(name, arguments).params


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_read_me_has_every_option(setting: Setting) -> None:
    assert f"`--{setting.name}" in README or (setting.short and f"`{setting.short} " in README)


@pytest.mark.parametrize("name", [*COMMANDS, *load_formats(), "hybrid"])
def test_the_read_me_has_every_command_and_format(name: str) -> None:
    assert f"refeed {name}" in README or f"`{name}`" in README


def test_commands_and_options_that_the_read_me_shows_exist() -> None:
    shown = re.findall(r"(?:`|^ {4}|bin/)refeed ([a-z]+)([^`\n]*)", README, re.MULTILINE)
    assert {name for name, _ in shown} == set(COMMANDS)
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", README)) <= known | {"--help"}


def test_the_guide_to_clusters_shows_commands_that_exist() -> None:
    text = (ROOT / "docs" / "cluster.md").read_text()
    shown = re.findall(r"^ {4}(?:ssh \w+ )?(refeed|dask) ([a-z]+)(.*)", text, re.MULTILINE)
    assert len(shown) == 5
    for program, name, arguments in shown:
        dask = f"distributed.cli.dask_{name}"
        command = COMMANDS[name] if program == "refeed" else importlib.import_module(dask).main
        assert command.make_context(name, shlex.split(arguments)).params
    (values,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert set(yaml.safe_load(values)) == {"scheduler", "worker", "jupyter"}


def test_the_read_me_has_every_exit_status() -> None:
    section = README.partition("| exit status |")[2].partition("\n\n")[0]
    constants = {value for name, value in vars(cli).items() if name.isupper() and type(value) is int}
    assert {int(number) for number in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)} == constants


def test_the_example_of_the_library_runs(tmp_path: Path) -> None:
    report, values = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    dump(tmp_path, "archive/a.md", date="2020-05-01 08:00", tags="[tides]")
    done = subprocess.run(
        [sys.executable, "-c", report], cwd=tmp_path, env=environment(), capture_output=True, check=True
    )
    assert done.stdout.startswith(b"1 file (1 with articles, 0 skipped); 1 record: 1 out")
    assert done.stdout.rstrip().endswith(b"[date-assumed]")
    assert len(feedparser.parse((tmp_path / "feed.xml").read_bytes()).entries) == 1
    done = subprocess.run(
        [sys.executable, "-c", f"import refeed\n{values}"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=True,
    )
    entry, record, cleaned = done.stdout.decode().splitlines()
    assert entry.startswith("2020-05-01 08:00:00+00:00 Harbour https://x.example/a ")
    assert record.startswith("archive/a.md entry {")
    assert cleaned == "<p>High water.</p>"


def test_the_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "refeed.toml"
    path.write_text(example.replace("urn:uuid:…", "urn:uuid:6f3f2c1e-9a54-4d0c-8b1d-1c2f0b7f5a10"))
    options = load_configuration(path)
    assert set(options.sources) == {"news.example.org", "old/*"}


def test_the_start_of_the_read_me_gives_a_feed() -> None:
    ran = process("build", cwd=ROOT)
    assert ran.status == cli.OK
    assert feedparser.parse(ran.out).feed.title == "The harbour archive"


def test_the_tests_that_the_table_of_threats_names_exist() -> None:
    named = re.findall(r"`([a-z_/]*test_\w+\.py)(?:::(test_\w+))?`", (ROOT / "SECURITY.md").read_text())
    assert len(named) > 20
    for file, name in named:
        text = (ROOT / "tests" / file).read_text()
        assert f"def {name or 'test_'}" in text, f"{file}::{name}"


def test_the_version_is_that_of_the_newest_release() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(VERSION)} \(\d{{4}}-\d\d-\d\d\)", headings[1])


def test_every_folder_and_table_of_fixtures_is_explained() -> None:
    text = (FIXTURES / "README.md").read_text()
    named = set(re.findall(r"`([\w/*-]+/)`", text.partition("## Tables")[0]))
    folders = {path.relative_to(FIXTURES).as_posix() + "/" for path in FIXTURES.rglob("*") if path.is_dir()}
    unnamed = {folder for folder in folders if not any(folder.startswith(name) for name in named)}
    assert {folder for folder in unnamed if not any(name.startswith(folder) for name in named)} == set()
    assert {name for name in named if not (FIXTURES / name).is_dir() and not (ROOT / name).is_dir()} == set()
    tables = {path.relative_to(FIXTURES).as_posix() for path in FIXTURES.rglob("*.tsv")}
    tables = {table for table in tables if not table.startswith("formats/")}  # those are what a format reads
    described = {table for name in re.findall(r"`([\w/*.]+\.tsv)`", text) for table in matching(name)}
    assert tables == described


def matching(name: str) -> Iterator[str]:
    """List the tables of this name, which may stand in the section of its folder and hold a `*`."""
    for path in (*FIXTURES.glob(name), *(FIXTURES / "dates").glob(name)):
        yield path.relative_to(FIXTURES).as_posix()


def test_the_tests_that_the_readme_of_fixtures_names_exist() -> None:
    text = (FIXTURES / "README.md").read_text()
    for name in re.findall(r"`(tests/[\w/.]+)`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`(test_\w+\.py)`", text):
        assert list((ROOT / "tests").rglob(name)), name


INTERNALS = (ROOT / "docs" / "internals.md").read_text()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z_]+(?:\.\w+)+)`", INTERNALS)) - {"refeed.toml"}))
def test_the_tour_of_the_program_names_what_exists(name: str) -> None:
    if name.endswith(".py"):
        assert (ROOT / "refeed" / name).exists()
    else:
        assert pkgutil.resolve_name(f"refeed.{name}") is not None


def test_the_tour_of_the_program_names_every_module_beside_the_packages() -> None:
    tree = INTERNALS.partition("## The tree")[2].partition("\n## ")[0]
    modules = {path.stem for path in (ROOT / "refeed").glob("[a-z]*.py")}
    assert modules - set(re.findall(r"`(\w+)`", tree)) == set()


def test_the_files_that_the_tour_of_the_program_names_exist() -> None:
    named = re.findall(r"`((?:tests|fixtures|refeed)/[\w/.-]+)`", INTERNALS)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []
