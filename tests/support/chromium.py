"""A headless Chromium without a network: shows HTML as feed readers do, and tells all that came of it.

It is driven through two pipes by the Chrome DevTools protocol. Every request is answered here, so none leaves the
machine.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from playwright import sync_api

# The shell without a screen takes half the processor time of the browser, and shows the same.
PROGRAM: Final = shutil.which("chromium-headless-shell") or shutil.which("chromium")
MISSING: Final = "chromium is not installed (apt-get install chromium-headless-shell); CI looks at pages in a browser"
READER: Final = "https://reader.example/"
_PAGE: Final = """<!doctype html><meta charset=utf-8><title>Reader</title><link rel=icon href="data:,">
<body><div id=article></div><script>
let marks = 0
function ran() { marks += 1 }
const article = document.getElementById("article")
addEventListener("click", event => event.target.closest("a")?.protocol == "javascript:" || event.preventDefault())
function settled() {
  const pictures = [...article.querySelectorAll("img")].map(picture => picture.complete ||
    new Promise(done => { picture.addEventListener("load", done); picture.addEventListener("error", done) }))
  const frames = new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
  return Promise.all([...pictures, frames])
}
async function show(html) {
  marks = 0
  article.innerHTML = html
  await settled()
  for (const element of article.querySelectorAll("*"))
    for (const name of ["click", "focus", "mouseover", "toggle"])
      element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }))
  await settled()
  return { marks, handlers: [...article.querySelectorAll("*")].flatMap(element =>
    element.getAttributeNames().filter(name => name.startsWith("on"))) }
}
function again(html) {
  const page = new DOMParser().parseFromString("<body>" + html, "text/html")
  article.innerHTML = html
  return [article.innerHTML, page.body.innerHTML]
}
</script>"""
_PIXEL: Final = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"  # a GIF of one pixel
_PATIENCE: Final = 60  # seconds without a word before the browser is given up


class Shown(NamedTuple):
    """What came of showing some HTML."""

    ran: int  # calls of the function that every hostile specimen wants to run
    handlers: tuple[str, ...]
    dialogs: tuple[str, ...]
    documents: tuple[str, ...]  # frames, windows, and other pages in place of the reader's
    requests: tuple[tuple[str, str], ...]  # kind and address


class Browser:
    """One page of a running browser."""

    def __init__(self, commands: int, answers: int) -> None:
        """Open the page of a reader."""
        self._commands, self._answers = commands, answers
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self._pages: set[str] = set()
        self._forget()
        page = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._pages.add(page)
        self._call("Target.setDiscoverTargets", discover=True)
        self._session = self._call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self._call("Page.enable")
        self._call("Fetch.enable")
        self._open()

    def show(self, html: str) -> Shown:
        """Put HTML into the page, wait for its pictures, click on everything; tell what came of it."""
        self._forget()
        told = self._evaluate(f"show({json.dumps(html)})") or {"marks": 0, "handlers": []}
        seen = Shown(
            told["marks"], tuple(told["handlers"]), tuple(self._dialogs), tuple(self._documents), tuple(self._requests)
        )
        if seen.documents:
            self._open()
        return seen

    def again(self, html: str) -> list[str]:
        """Let the browser parse HTML, inside an element and as a page, and write it again."""
        written: list[str] = self._evaluate(f"again({json.dumps(html)})")
        return written

    def _open(self) -> None:
        self._call("Page.navigate", url=READER)
        while self._evaluate("document.readyState == 'complete' && typeof show == 'function'") is not True:
            pass

    def _forget(self) -> None:
        self._dialogs: list[str] = []
        self._documents: list[str] = []
        self._requests: list[tuple[str, str]] = []

    def _evaluate(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to; None when its page went away meanwhile."""
        answer = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return answer.get("result", {}).get("value")

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and wait for its answer; what happens meanwhile is noted."""
        number = self._send(method, **parameters)
        while True:
            message = self._receive()
            if message.get("id") == number:
                result: dict[str, Any] = message.get("result", {})
                return result
            if "method" in message:
                self._note(message["method"], message["params"])

    def _note(self, event: str, facts: dict[str, Any]) -> None:
        if event == "Page.javascriptDialogOpening":
            self._dialogs.append(facts["type"])
            self._send("Page.handleJavaScriptDialog", accept=False)
        elif event == "Fetch.requestPaused":
            self._answer(facts)
        elif event == "Page.frameAttached":
            self._documents.append("frame")
        elif event == "Target.targetCreated" and facts["targetInfo"]["type"] == "page":
            self._documents.extend(["window"] * (facts["targetInfo"]["targetId"] not in self._pages))

    def _answer(self, paused: dict[str, Any]) -> None:
        """Answer a request: the reader's page, a picture, nothing else."""
        kind, url = paused["resourceType"], paused["request"]["url"]
        if (kind, url) == ("Document", READER):
            self._fulfil(paused, "text/html", base64.b64encode(_PAGE.encode()).decode())
            return
        self._requests.append((kind, url))
        if kind == "Document":
            self._documents.append(url)
        if kind == "Image":
            self._fulfil(paused, "image/gif", _PIXEL)
        else:
            self._send("Fetch.failRequest", requestId=paused["requestId"], errorReason="BlockedByClient")

    def _fulfil(self, paused: dict[str, Any], kind: str, body: str) -> None:
        headers = [{"name": "Content-Type", "value": kind}]
        self._send(
            "Fetch.fulfillRequest", requestId=paused["requestId"], responseCode=200, responseHeaders=headers, body=body
        )

    def _send(self, method: str, **parameters: object) -> int:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        with os.fdopen(os.dup(self._commands), "wb") as pipe:
            pipe.write(json.dumps(message).encode() + b"\0")
        return self._number

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._answers], [], [], _PATIENCE)
            data = os.read(self._answers, 1 << 20) if ready else b""
            if not data:
                pytest.fail("chromium ended, or says nothing any more")
            self._rest += data
        first, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message


@contextmanager
def running(profile: Path) -> Iterator[Browser]:
    """Run a browser with an empty profile; without Chromium a test fails in CI, and does not run elsewhere."""
    if PROGRAM is None and os.environ.get("CI"):
        pytest.fail(MISSING)
    if PROGRAM is None:
        pytest.skip(MISSING)
    ours, theirs = _pipe(), _pipe()
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    flags += ["--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND"]
    flags += [f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    # The protocol wants the pipes as descriptors 3 and 4.
    redirect = f'exec "$@" 3<&{ours[0]} 4>&{theirs[1]}'
    process = subprocess.Popen(
        ["bash", "-c", redirect, "bash", PROGRAM, *flags],
        pass_fds=(ours[0], theirs[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(profile), "PATH": os.defpath, "LANG": "C.UTF-8"},
    )
    os.close(ours[0])
    os.close(theirs[1])
    try:
        yield Browser(ours[1], theirs[0])
    finally:
        os.close(ours[1])  # without its pipe the browser ends
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        os.close(theirs[0])


@contextmanager
def driven() -> Iterator[sync_api.Browser]:
    """Run a browser for Playwright, which waits for what a page does by itself."""
    if PROGRAM is None:
        pytest.fail(MISSING)
    sync_api.expect.set_options(timeout=20_000)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _pipe() -> tuple[int, int]:
    """Make a pipe whose ends are no small numbers, which would be in each other's way."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]
