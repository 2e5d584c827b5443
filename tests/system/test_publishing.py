"""Every file and command line in docs/publishing.md works, and so do those of the Dockerfile, as far as they are ours.

What belongs to a host (its actions, docker, aws, rsync) is not run: its files are parsed, and what they say of refeed,
of folders and of types is checked.
"""

import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from asking import fetch
from command_line import dump
from folders import ROOT
from programs import nginx, there
from stores import serving

from refeed.cli import main
from refeed.commands import load_command
from refeed.outputs import load_outputs

TEXT: Final = (ROOT / "docs" / "publishing.md").read_text()
BLOCKS: Final = dict(re.findall(r"```(toml|text|crontab|nginx)\n(.*?)```", TEXT, re.DOTALL))
FILES: Final = dict(re.findall(r"`([\w./-]+\.yml)`:\n\n```yaml\n(.*?)```", TEXT, re.DOTALL))
LINES: Final = re.findall(r"^    (\S.*)$", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL), re.MULTILINE)
DOCKERFILE: Final = (ROOT / "Dockerfile").read_text()
INSTALL: Final = 'pip install "$REFEED"'
SITE: Final = "https://example.org/feeds/"


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with an archive of six articles of one category: it gets a feed of its own."""
    for day in range(1, 7):
        dump(tmp_path / "archive", f"tide-{day}.md", title=f"Tide {day}", date=f"2020-05-0{day}", tags="[tides]")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REFEED_INDEX", raising=False)


def run(line: str) -> int:
    """Run a line of a shell that calls refeed, with the variables that are set."""
    program, *arguments = map(os.path.expandvars, shlex.split(line))
    assert program == "refeed"
    return main(arguments)


def documents(site: str) -> dict[str, str]:
    """Return the media types of the feeds in a site, by their paths: what else there is the endings tell."""
    types = {output.suffix: output.media_type for output in load_outputs().values()}
    feeds = [*Path(site).rglob("feed.*"), *Path(site, "archive").rglob("*.xml")]
    return {path.relative_to(site).as_posix(): types[path.suffix] for path in feeds}


FEEDS: Final = {
    *(
        f"{folder}feed.{ending}"
        for folder in ("", "category/tides/", "outlet/x-example/")
        for ending in ("json", "rss", "xml")
    ),
    "archive/2020/05.xml",
}


def test_no_line_of_the_page_is_left_untested() -> None:
    """The first four are run below, the others checked; a new line has to be added here, and a test of it."""
    assert [line.split(" ")[:2] for line in LINES] == [
        ["refeed", "publish"],
        ["refeed", "publish"],
        ["refeed", "diff"],
        ["refeed", "validate"],
        ["rsync", "-a"],
        ["rsync", "-a"],
        ["refeed", "publish"],
        *[["aws", "s3"]] * 5,
        ["docker", "build"],
        ["docker", "run"],
        ["docker", "run"],
    ]
    assert set(BLOCKS) == {"crontab", "nginx", "text", "toml"}
    assert set(FILES) == {".github/workflows/feeds.yml", ".gitlab-ci.yml"}
    assert TEXT.count("```") == 2 * (len(BLOCKS) + len(FILES))


def test_the_site_is_written_and_a_preview_compared() -> None:
    for line in LINES[:4]:
        assert run(line) == 0, line
    assert set(documents("site")) == set(documents("preview")) == FEEDS


def folder_of(command: str) -> str:
    """Return the folder that a line of `refeed publish` writes."""
    words = shlex.split(command)
    return words[words.index("-o") + 1]


def run_all(lines: Iterable[str]) -> str:
    """Run the steps of a host's file, but for the installation, and return the folder that is published."""
    published = ""
    for line in lines:
        if line == INSTALL:
            continue
        if line.startswith("refeed "):
            assert run(line) == 0, line
            published = published or folder_of(line)
        else:
            subprocess.run(["bash", "-c", line], check=True)
    assert set(documents(published)) == FEEDS
    return published


def test_the_action_for_github_pages_publishes_the_folder_and_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = FILES[".github/workflows/feeds.yml"]
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"push", "schedule", "workflow_dispatch"}  # YAML 1.1 reads `on` so
    assert all(re.fullmatch(r"[\d*/,-]+( [\d*/,-]+){4}", one["cron"]) for one in workflow[True]["schedule"])
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (job,) = workflow["jobs"].values()
    steps = job["steps"]
    ids = {step.get("id") for step in steps}
    assert set(re.findall(r"steps\.(\w+)\.outputs", text)) <= ids
    for name, value in {**job["env"], "BASE_URL": "https://example.github.io/feeds"}.items():
        monkeypatch.setenv(name, value)
    published = run_all(step["run"] for step in steps if "run" in step)
    uses = {step["uses"].partition("@")[0]: step.get("with", {}) for step in steps if "uses" in step}
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    assert uses["actions/upload-pages-artifact"]["path"] == published
    assert set(uses["actions/cache"]["path"].split()) == {published, str(Path(job["env"]["REFEED_INDEX"]).parent)}
    assert Path(job["env"]["REFEED_INDEX"]).is_file()
    assert b"https://example.github.io/feeds/feed.xml" in Path(published, "feed.xml").read_bytes()


def test_the_job_for_gitlab_pages_publishes_the_folder_and_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    job = yaml.safe_load(FILES[".gitlab-ci.yml"])["pages"]
    for name, value in {**job["variables"], "CI_PAGES_URL": "https://example.gitlab.io/feeds"}.items():
        monkeypatch.setenv(name, value)
    published = run_all(job["script"])
    assert job["artifacts"]["paths"] == [published] == ["public"]  # the name that GitLab asks for
    assert set(job["cache"]["paths"]) == {published, str(Path(job["variables"]["REFEED_INDEX"]).parent)}


def test_hosts_like_netlify_build_the_folder_that_they_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    build = tomllib.loads(BLOCKS["toml"])["build"]
    monkeypatch.setenv("URL", "https://feeds.example.org")
    installation, *commands = build["command"].split(" && ")
    assert installation == INSTALL
    assert set(build["environment"]) == {"PYTHON_VERSION", "REFEED"}
    assert run_all(commands) == build["publish"]


def headers(text: str) -> Iterator[tuple[str, str]]:
    """Read a file of headers: a pattern of paths, and below it the type."""
    pattern = ""
    for line in text.splitlines():
        if line.startswith("/"):
            pattern = line
        else:
            name, _, value = line.strip().partition(": ")
            assert name == "Content-Type"
            yield pattern, value


def test_every_feed_gets_its_type_once_from_the_file_of_headers() -> None:
    """Hosts put the values of all rules that match together."""
    run(LINES[0])
    rules = [*headers(BLOCKS["text"])]
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)  # Cloudflare allows no more
    for path, type_ in documents("site").items():
        found = [value for pattern, value in rules if fnmatchcase(f"/{path}", pattern)]
        assert found == [f"{type_}; charset=utf-8"], path


def test_publishing_leaves_the_file_of_headers_alone() -> None:
    Path("site").mkdir()
    Path("site/_headers").write_text(BLOCKS["text"])
    run(LINES[0])
    run(LINES[0])
    assert Path("site/_headers").read_text() == BLOCKS["text"]


def test_cron_publishes_what_nginx_serves() -> None:
    schedule, command = re.fullmatch(r"(\S+ \S+ \S+ \S+ \S+) cd /srv/refeed && ([^%\n]+)\n", BLOCKS["crontab"]).groups()  # type: ignore[union-attr]
    line, log, otherwise = re.split(r" 2> | \|\| ", command)
    assert schedule == "*/10 * * * *"
    assert otherwise == f"cat {log}"
    assert f"alias {folder_of(line)}/;" in BLOCKS["nginx"]
    assert run(line.replace("/srv/refeed/", "")) == 0
    assert set(documents("site")) == FEEDS


@pytest.mark.parametrize("program", there("nginx"))
def test_nginx_serves_every_feed_as_what_it_is(program: str, tmp_path: Path) -> None:
    run(LINES[0])
    for above in (tmp_path, *tmp_path.parents[:3]):  # nginx drops the rights of root
        above.chmod(above.stat().st_mode | 0o055)
    with nginx(program, BLOCKS["nginx"].replace("/srv/refeed", str(tmp_path)), tmp_path) as front:
        for path, type_ in documents("site").items():
            reply = fetch(f"{front}/feeds/{path}", Accept_Encoding="gzip")
            assert reply.headers["content-type"] == f"{type_}; charset=utf-8", path
            assert reply.headers["cache-control"] == "public, max-age=300"
            assert reply.headers["content-encoding"] == "gzip"
        assert fetch(f"{front}/feeds/.refeed-manifest.json").status == 404


def test_a_bucket_is_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    line = next(line for line in LINES if " s3://" in line and line.startswith("refeed "))
    keys = {"ACCESS_KEY_ID": "harbour", "SECRET_ACCESS_KEY": "tide"}
    with serving({}) as store:
        for name, value in {"ENDPOINT_URL": store.url, "ALLOW_HTTP": "true", "REGION": "us-east-1", **keys}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        assert run(line) == 0
    run(LINES[0])
    for path, type_ in documents("site").items():
        assert store.types[f"feeds.example.org/{path}"] == f"{type_}; charset=utf-8"


def s3(line: str) -> tuple[Any, list[str]]:
    """Read a line of `aws s3 sync`, and return its type and the paths of the site that it sends."""
    program, service, action, source, bucket, *options = shlex.split(line)
    assert (program, service, action, source) == ("aws", "s3", "sync", "site")
    assert bucket.startswith("s3://")
    type_, sends = (
        None,
        dict.fromkeys((path.relative_to(source).as_posix() for path in Path(source).rglob("*.*")), True),
    )
    words = iter(options)
    for word in words:
        if word in {"--include", "--exclude"}:  # the last one that matches counts
            pattern = next(words)
            sends |= {path: word == "--include" for path in sends if fnmatchcase(path, pattern)}
        elif word == "--content-type":
            type_ = next(words)
        else:
            assert word == "--delete"
    return type_, [path for path, is_sent in sends.items() if is_sent]


def test_every_feed_goes_to_s3_with_its_type_and_the_newest_after_what_it_leads_to() -> None:
    run(LINES[0])
    lines = [line for line in LINES if line.startswith("aws ")]
    sent = list[str]()
    for line in lines:
        type_, paths = s3(line)
        new = [path for path in paths if path not in sent]
        for path in new:
            assert type_ == (f"{documents('site')[path]}; charset=utf-8" if path in FEEDS else None), path
        sent += new
    assert set(sent) >= FEEDS
    assert sent[0] == "archive/2020/05.xml"
    assert not [path for path in sent if path.startswith(".")]
    assert [line for line in lines if "--delete" in line] == lines[-1:]


def test_the_lines_for_rsync_send_the_feed_last_and_remove_only_then() -> None:
    first, last = (shlex.split(line) for line in LINES if line.startswith("rsync "))
    assert first[-2:] == last[-2:] == ["site/", "example.org:/srv/refeed/site/"]
    assert first[1:-2] == ["-a", "--exclude", "/feed.*"]
    assert last[1:-2] == ["-a", "--delete-after"]


def instructions() -> list[tuple[str, str]]:
    """Read the Dockerfile: each instruction and what follows it."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE)
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined.splitlines() if line and line[0] != "#"]


def said(name: str) -> list[str]:
    return [value for instruction, value in instructions() if instruction == name]


def test_the_image_installs_what_pyproject_names_and_starts_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for image in said("FROM"):
        minor = re.match(r"python:3\.(\d+)-slim", image)
        assert minor
        assert int(minor[1]) >= int(project["requires-python"].removeprefix(">=3."))
    extras = {extra for line in said("RUN") for one in re.findall(r"\[([\w,]+)\]", line) for extra in one.split(",")}
    assert {"pages", "serve"} <= extras <= project["optional-dependencies"].keys() - {"dev"}
    assert yaml.safe_load(said("ENTRYPOINT")[0]) == ["refeed"]
    assert "refeed" in project["scripts"]
    for line in said("RUN"):
        subprocess.run(["sh", "-n", "-c", line], check=True)


def test_the_image_is_made_of_what_the_wheel_needs_and_no_more() -> None:
    ignored, *kept = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in {"", "#"}]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert ignored == "*"
    names = {line[1:] for line in kept if line.startswith("!")}
    assert names == {"pyproject.toml", "refeed", project["readme"], *project["license-files"]}
    assert all((ROOT / name).exists() for name in names)
    assert said("COPY") == [". /source", "--from=build /wheels /wheels"]


def test_the_image_serves_at_the_port_that_it_names_and_looks_after_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    name, *arguments = yaml.safe_load(said("CMD")[0])
    context = load_command(name).make_context(name, arguments)
    assert (context.params["host"], context.params["port"]) == ("0.0.0.0", said("EXPOSE")[0])  # noqa: S104
    check = yaml.safe_load(re.sub(r"^.*? CMD ", "", said("HEALTHCHECK")[0]))
    assert check[:2] == ["python", "-c"]
    asked = list[str]()
    monkeypatch.setattr("urllib.request.urlopen", lambda url, timeout: asked.append(f"{url} {timeout}"))
    exec(check[2], {})  # noqa: S102  the line of our own file
    assert asked == ["http://127.0.0.1:8000/healthz 5"]


def test_the_lines_for_docker_give_the_folders_that_they_name() -> None:
    build, publish, serve = (shlex.split(line) for line in LINES if line.startswith("docker "))
    assert build == ["docker", "build", "-t", "refeed", "."]
    mounts = {
        word.split(":")[1]: word.split(":")[0].removeprefix("$PWD/") for word in publish if word.startswith("$PWD/")
    }
    command = publish[publish.index("refeed") :]
    for inside, outside in mounts.items():
        command = [word.replace(inside, outside) if word == inside else word for word in command]
    assert run(shlex.join(command)) == 0
    assert set(documents("site")) == FEEDS
    assert f"127.0.0.1:8000:{said('EXPOSE')[0]}" in serve
    assert "$PWD/archive:/archive:ro" in serve
    assert said("WORKDIR") == ["/archive"]
    assert f"`{said('VOLUME')[0]}`" in TEXT
    assert said("ENV") == [f"XDG_CACHE_HOME={said('VOLUME')[0]}"]
