"""What a refeed.toml may decide that was found in an archive: nothing outside of its own folder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click
import feedparser
import pytest
from command_line import dump, run

from refeed.cli import OK
from refeed.config.precedence import read_options
from refeed.config.settings import SETTINGS
from refeed.config.trust import RULES
from refeed.pipeline.build import build
from refeed.problems import ConfigurationError

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    dump(tmp_path, "arc/a.md", title="Inside")
    dump(tmp_path, "private/b.md", title="Outside")
    Path("arc/sub").mkdir()
    Path("arc/.git").mkdir()
    Path("arc/out").symlink_to("../private")
    Path("arc/link.xml").symlink_to("../private/keys")
    Path("private/keys").write_text("ssh-ed25519 …")


def found(text: str) -> None:
    Path("arc/refeed.toml").write_text(text)


def outside() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("private").iterdir()}


# What a found file says, and the value in what is said of it.
WRITTEN = {
    "{key} = '../private/keys'": "arc/../private/keys",
    "{key} = 'sub/../../private/keys'": "arc/sub/../../private/keys",
    "{key} = '{tmp}/private/keys'": "{tmp}/private/keys",
    "{key} = 'link.xml'": "arc/link.xml",
    "{key} = 'out/keys'": "arc/out/keys",
    "{key} = 'out/new'": "arc/out/new",
    "{key} = '.git/hooks/pre-commit'": "arc/.git/hooks/pre-commit",
}


@pytest.mark.parametrize("key", ["html", "index", "output"])
@pytest.mark.parametrize("line", WRITTEN)
def test_a_found_file_has_nothing_written_outside_of_its_folder(
    line: str, key: str, tmp_path: Path, capfdbinary: Capture
) -> None:
    found(line.format(key=key, tmp=tmp_path))
    before = outside()
    value = WRITTEN[line].format(tmp=tmp_path)
    for command in ("build", "inspect", "check"):
        ran = run(capfdbinary, command, "arc")
        assert ran.status == OK
        assert ran.out  # the feed and the page go to stdout, as without the setting
        assert ran.lines[1] == (
            f"note: arc/refeed.toml: {key} was not used: {value} lies outside of its folder; "
            "--config arc/refeed.toml uses it"
        )
    assert outside() == before
    assert list(Path("arc/.git").iterdir()) == []


@pytest.mark.parametrize("key", ["html", "index", "output"])
@pytest.mark.parametrize("name", ["refeed.toml", "sub/../refeed.toml"])
def test_a_found_file_does_not_have_itself_replaced(name: str, key: str, capfdbinary: Capture) -> None:
    found(f"{key} = '{name}'")
    ran = run(capfdbinary, "inspect" if key == "html" else "build", "arc")
    assert ran.status == OK
    assert f"{key} was not used: arc/{name} is the settings file itself" in ran.lines[1]
    assert Path("arc/refeed.toml").read_text() == f"{key} = '{name}'"


@pytest.mark.parametrize("path", ["../private", "/etc", "out", "out/b.md", "sub/../../private", "..", "link.xml"])
def test_a_found_file_has_nothing_read_outside_of_its_folder(
    path: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    monkeypatch.chdir("arc")
    Path("refeed.toml").write_text(f"paths = ['a.md', '{path}']")
    ran = run(capfdbinary, "build")
    assert [entry.title for entry in feedparser.parse(ran.out).entries] == ["Inside"]
    assert ran.lines[1].startswith("note: refeed.toml: paths was not used: ")
    assert ran.lines[1].endswith(" lies outside of its folder; --config refeed.toml uses it")
    Path("refeed.toml").write_text(f"paths = ['{path}']")
    assert b"Outside" not in run(capfdbinary, "build").out


# The last one is not written as an address is, though some systems take it for the loopback.
HOSTS = ("0.0.0.0", "::", "192.168.0.1", "example.org", "localhost.example.org", "", "127.1.1")  # noqa: S104


@pytest.mark.parametrize("host", HOSTS)
def test_a_found_file_opens_no_port_to_others(host: str) -> None:
    found(f"host = '{host}'")
    options, notes = read_options(("arc",), {})
    assert options.host is None
    assert notes[1] == (
        f"arc/refeed.toml: host was not used: {host} is not this machine; --config arc/refeed.toml uses it"
    )
    assert read_options((), {"config": "arc/refeed.toml"}).options.host == host


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_a_found_file_may_serve_this_machine(host: str) -> None:
    found(f"host = '{host}'")
    options, notes = read_options(("arc",), {})
    assert (options.host, len(notes)) == (host, 1)


def test_what_lies_inside_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/posts/c.md", title="Deeper")
    found("paths = ['posts']\noutput = 'sub/feed.xml'\nindex = '.refeed.index'\nhtml = 'sub/page.html'\n")
    monkeypatch.chdir("arc")
    ran = run(capfdbinary, "build")
    assert (ran.status, "was not used" in ran.err) == (OK, False)
    assert [entry.title for entry in feedparser.parse(Path("sub/feed.xml").read_bytes()).entries] == ["Deeper"]
    assert Path(".refeed.index").exists()


def test_a_named_file_is_trusted(capfdbinary: Capture) -> None:
    found("paths = ['../private/b.md']\noutput = '../private/feed.xml'\n")
    ran = run(capfdbinary, "build", "--config", "arc/refeed.toml")
    assert (ran.status, ran.lines[-1].startswith("wrote arc/../private/feed.xml: 1 entry")) == (OK, True)


def test_what_the_command_line_says_is_trusted_and_no_refusal_is_told(capfdbinary: Capture) -> None:
    found("paths = ['../private']\noutput = '../private/keys'\n")
    ran = run(capfdbinary, "build", "arc", "-o", "private/feed.xml")
    assert (ran.status, "was not used" in ran.err) == (OK, False)
    assert Path("private/feed.xml").exists()


def test_what_was_refused_is_told_in_json_and_whatever_the_file_says_of_messages(capfdbinary: Capture) -> None:
    found("output = '../private/keys'\nquiet = true\n")
    assert "note: arc/refeed.toml: output was not used" in run(capfdbinary, "build", "arc").err
    found("output = '../private/keys'\njson = true\n")
    notes = json.loads(run(capfdbinary, "build", "arc").err)["notes"]
    assert notes[1].startswith("arc/refeed.toml: output was not used")


@pytest.mark.parametrize("text", ["output = 'sub/keys'", "paths = ['sub']", "index = 'sub/keys'"])
def test_a_folder_that_has_become_a_link_is_noticed_at_the_next_build(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(text)
    monkeypatch.chdir("arc")
    options = read_options((), {}).options
    Path("sub").rmdir()
    Path("sub").symlink_to("../private")
    with pytest.raises(ConfigurationError, match=r"lies outside of its folder now, and refeed\.toml was found"):
        build(options, datetime(2028, 1, 1, tzinfo=UTC))
    assert not Path("../private/keys.xml").exists()


def test_every_setting_that_names_a_file_a_host_or_a_program_has_its_rule() -> None:
    reaching = {setting.key for setting in SETTINGS if setting.metavar in {"FILE", "HOST", "FOLDER", "ADDRESS"}}
    assert {*RULES} == reaching - {"config"} | {"match", "named_feeds", "paths", "undated", "withheld"}


def test_a_found_file_hands_nothing_to_a_cluster(capfdbinary: Capture) -> None:
    found("cluster = 'tcp://192.0.2.1:8786'\n")
    ran = run(capfdbinary, "build", "arc")
    assert ran.status == OK
    assert "cluster was not used: tcp://192.0.2.1:8786 hands the work to other programs; --config arc/refeed" in ran.err


@pytest.mark.parametrize("text", ["local", "local:1", "local:256", "tcp://10.0.0.1:8786", "tls://scheduler.example:1"])
def test_a_cluster_has_an_address(text: str) -> None:
    assert read_options(("arc",), {"cluster": text}).options.cluster == text


@pytest.mark.parametrize(
    "text", ["", "local:", "local:0", "local:two", "10.0.0.1:8786", "tcp://host", "http://host:80"]
)
def test_what_is_no_address_of_a_cluster_is_refused(text: str) -> None:
    with pytest.raises(click.BadParameter, match="expected"):
        read_options(("arc",), {"cluster": text})


def test_a_found_file_does_not_publish_what_is_withheld(tmp_path: Path, capfdbinary: Capture) -> None:
    dump(tmp_path, "arc/draft.md", title="Unready", draft="true")
    found("withheld = 'include'\n")
    ran = run(capfdbinary, "build", "arc")
    assert b"Unready" not in ran.out
    assert "withheld was not used: include publishes what its author withholds" in ran.err
    assert b"Unready" in run(capfdbinary, "build", "--config", "arc/refeed.toml", "arc").out


SLOW = ["(a+)+$", "(a|aa)+$", "(a*)*b", ".*.*.*=", r"(\w+)\1", "(a?){30}a{30}", "a?a?a?a?a?a?a", "(?:x{1,9}){9}"]


@pytest.mark.parametrize("pattern", SLOW)
@pytest.mark.parametrize("line", ["match = ['{}']", "[feeds.quay]\nmatch = ['{}']"])
def test_a_found_file_has_no_title_searched_without_end(line: str, pattern: str, capfdbinary: Capture) -> None:
    found(line.replace("{}", pattern))
    ran = run(capfdbinary, "build", "arc")
    assert ran.status == OK
    assert "may be slow without end" in ran.err


@pytest.mark.parametrize("pattern", ["Inside", "(?i)in.*e", "^In(si|ss)de$", r"\bInsi?de\b", "[A-Z][a-z]+"])
def test_a_found_file_may_choose_titles(pattern: str, capfdbinary: Capture) -> None:
    found(f"match = ['{pattern}']")
    ran = run(capfdbinary, "build", "arc")
    assert "was not used" not in ran.err
    assert b"Inside" in ran.out
