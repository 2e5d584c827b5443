"""Every command line and configuration in docs/running.md works, as it stands there but for its paths and ports.

curl, nginx and systemd-analyze are programs of their own: where one is not installed its part is left out,
except in CI, where a missing one is a failure.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import feedparser
import pytest
from asking import PATIENCE, at_home, fetch, running, serving, until
from command_line import dump
from folders import ROOT
from programs import nginx, there

from refeed.config.toml_file import load_configuration

TEXT: Final = (ROOT / "docs" / "running.md").read_text()
LINES: Final = re.findall(r"^    (\S.*)$", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL), re.MULTILINE)
BLOCKS: Final = [(kind, text) for kind, text in re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)]
UNITS: Final = dict(re.findall(r"`/etc/systemd/system/([\w.-]+)`:\n\n```ini\n(.*?)```", TEXT, re.DOTALL))
PROXY, FILE_ONLY = (text for kind, text in BLOCKS if kind == "nginx")
(CRONTAB,) = (text for kind, text in BLOCKS if kind == "crontab")
PROGRAM: Final = f"{sys.executable} -m refeed"


def here(text: str, folder: Path) -> str:
    """Put the paths of the example into a folder."""
    return text.replace("/opt/refeed/bin/refeed", PROGRAM).replace("/srv/refeed", str(folder))


def run(line: str, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        ["/bin/sh", "-c", here(line, folder)], env=at_home(folder), capture_output=True, check=False, timeout=PATIENCE
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay the folders of the examples out."""
    dump(tmp_path / "archive", "tide.md", title="Tide")
    (tmp_path / "www").mkdir()
    return tmp_path


def titles(data: bytes) -> list[str]:
    return [entry.title for entry in feedparser.parse(data).entries]


def test_no_line_of_the_page_is_left_untested() -> None:
    """Each of these is run below; a new line has to be added here, and a test of it."""
    assert LINES == [
        "mkdir -p /srv/refeed/archive /srv/refeed/www",
        "python3 -m venv /opt/refeed",
        "/opt/refeed/bin/pip install --use-pep517 '/srv/refeed/source[serve]'",
        "cd /srv/refeed/archive",
        '/opt/refeed/bin/refeed init --title "My archive"',
        "systemctl enable --now refeed-build.timer",
        "/opt/refeed/bin/refeed watch -o /srv/refeed/www/feed.xml",
        "systemctl enable --now refeed-watch.service",
        "/opt/refeed/bin/refeed serve --port 8000",
        "systemctl enable --now refeed.service",
        "curl --fail --head http://127.0.0.1:8000/feed.xml",
        "curl --fail http://127.0.0.1:8000/healthz",
    ]
    assert [kind for kind, _ in BLOCKS] == ["crontab", "ini", "ini", "ini", "ini", "nginx", "nginx"]
    assert set(UNITS) == {"refeed-build.service", "refeed-build.timer", "refeed-watch.service", "refeed.service"}


def test_the_environment_is_made_as_the_page_says(folder: Path) -> None:
    # Without pip, because tests download nothing: .ci/run installs the package with what `serve` needs.
    assert run(LINES[0].replace("/srv/refeed", f"{folder}/new"), folder).returncode == 0
    assert sorted(path.name for path in (folder / "new").iterdir()) == ["archive", "www"]
    made = run(LINES[1].replace("/opt/refeed", f"--without-pip {folder}/opt"), folder)
    assert made.returncode == 0
    assert (folder / "opt" / "bin" / "python").exists()
    assert shlex.split(LINES[2])[1:] == ["install", "--use-pep517", "/srv/refeed/source[serve]"]


def test_the_archive_gets_a_configuration(folder: Path) -> None:
    assert run(f"{LINES[3]} && {LINES[4]}", folder).returncode == 0
    assert load_configuration(folder / "archive" / "refeed.toml").feed.title == "My archive"


def test_the_line_for_cron_builds_the_file(folder: Path) -> None:
    schedule = re.fullmatch(r"(\S+ \S+ \S+ \S+ \S+) ([^%\n]+)\n", CRONTAB)  # crontab(5): % would end the command
    assert schedule
    assert schedule[1] == "*/10 * * * *"
    assert run(schedule[2], folder).returncode == 0
    assert titles((folder / "www" / "feed.xml").read_bytes()) == ["Tide"]
    assert b"1 out" in (folder / "build.log").read_bytes()


def test_cron_mails_the_log_only_when_the_build_fails(folder: Path) -> None:
    command = CRONTAB.split(maxsplit=5)[5]
    assert run(command, folder).stdout == b""
    (folder / "archive" / "tide.md").unlink()
    assert run(command, folder).stdout == (folder / "build.log").read_bytes() != b""


def command_of(unit: str) -> str:
    (command,) = re.findall(r"^ExecStart=(.*)$", UNITS[unit], re.MULTILINE)
    return str(command)


def test_the_timed_service_builds_the_file_and_is_content_where_nothing_changed(folder: Path) -> None:
    line = f"cd /srv/refeed/archive && {command_of('refeed-build.service')}"
    assert run(line, folder).returncode == 2  # the unit names a refeed.toml, which is not there yet
    assert run(f"{LINES[3]} && {LINES[4]}", folder).returncode == 0
    assert run(line, folder).returncode == 0
    assert titles((folder / "www" / "feed.xml").read_bytes()) == ["Tide"]
    again = run(line, folder).returncode
    assert f"\nSuccessExitStatus={again}\n" in UNITS["refeed-build.service"]


@pytest.mark.parametrize("program", there("systemd-analyze"))
def test_systemd_understands_the_units(program: str, tmp_path: Path) -> None:
    for name, text in UNITS.items():
        unit = text.replace("/opt/refeed/bin/refeed", sys.executable).replace("/srv/refeed/archive", str(tmp_path))
        (tmp_path / name).write_text(unit)
    for name in UNITS:
        checked = subprocess.run([program, "verify", str(tmp_path / name)], capture_output=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, b""), name


def test_units_that_are_enabled_are_on_the_page() -> None:
    for line in LINES:
        if line.startswith("systemctl enable --now "):
            assert "\n[Install]\n" in UNITS[line.split()[-1]]


def test_the_file_follows_the_archive(folder: Path) -> None:
    assert command_of("refeed-watch.service").replace(" --config refeed.toml", "") == LINES[6]
    assert run(f"{LINES[3]} && {LINES[4]}", folder).returncode == 0
    command_line = command_of("refeed-watch.service").replace("/opt/refeed/bin/refeed", "refeed")
    _, command, *arguments = shlex.split(here(command_line, folder))
    feed = folder / "www" / "feed.xml"
    with running(command, *arguments, cwd=folder / "archive", ready="1 out"):
        assert titles(feed.read_bytes()) == ["Tide"]
        dump(folder / "archive", "quay.md", title="Quay", date="2020-06-01T08:00:00Z")
        until(lambda: titles(feed.read_bytes()) == ["Quay", "Tide"])


@pytest.mark.parametrize("program", there("curl"))
def test_the_server_answers_as_the_page_says(program: str, folder: Path) -> None:
    _, command, *arguments = shlex.split(here(LINES[8].replace("/opt/refeed/bin/refeed", "refeed"), folder))
    assert arguments[-2:] == ["--port", "8000"]
    with running(command, *arguments[:-1], "0", cwd=folder / "archive", ready=r"serving (http\S+)", anew=True) as live:
        until(lambda: fetch(live.url).status == 200)
        server = live.url.removesuffix("/feed.xml")
        for line in LINES[-2:]:
            assert line.startswith(f"{program} --fail")
            asked = run(line.replace("http://127.0.0.1:8000", server), folder)
            assert asked.returncode == 0, line
            assert b"200 OK" in asked.stdout or b'"state": "ok"' in asked.stdout


@pytest.mark.parametrize("program", there("nginx"))
def test_nginx_in_front_leaves_everything_as_it_is(program: str, folder: Path) -> None:
    base = "https://example.org/feeds/"
    assert f"--base-url {base}" in command_of("refeed.service")
    with serving(folder, "--base-url", base) as live:
        server = live.url.removesuffix("feed.xml")
        with nginx(program, PROXY.replace("http://127.0.0.1:8000/", server), folder) as front:
            direct, proxied = (fetch(url, Accept_Encoding="gzip") for url in (live.url, f"{front}/feeds/feed.xml"))
            assert proxied.body == direct.body
            for name in ("etag", "last-modified", "vary", "content-encoding", "content-type", "cache-control", "link"):
                assert proxied.headers[name] == direct.headers[name]
            tag = direct.headers["etag"]
            assert fetch(f"{front}/feeds/feed.xml", Accept_Encoding="gzip", If_None_Match=tag).status == 304
            feed = feedparser.parse(fetch(f"{front}/feeds/feed.xml").body).feed
            assert [link.href for link in feed.links if link.rel == "self"] == [f"{base}feed.xml"]
            assert f"{base}feed.xml".encode() in fetch(f"{front}/feeds/").body
            for hidden in ("problems", "healthz"):
                assert fetch(f"{front}/feeds/{hidden}").status == 404


@pytest.mark.parametrize("program", there("nginx"))
def test_nginx_alone_gives_the_file_out(program: str, folder: Path) -> None:
    assert run(command_of("refeed-build.service").replace("build", "build /srv/refeed/archive"), folder).returncode == 0
    for above in (folder, *folder.parents[:3]):  # nginx drops the rights of root
        above.chmod(above.stat().st_mode | 0o055)
    with nginx(program, here(FILE_ONLY, folder), folder) as front:
        reply = fetch(f"{front}/feed.xml")
        assert titles(reply.body) == ["Tide"]
        assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
        assert fetch(f"{front}/feed.xml", If_None_Match=reply.headers["etag"]).status == 304
