"""The endpoint for rules: for requests from this machine and from the server's own pages only."""

from collections.abc import Mapping
from functools import partial
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from refeed.pages.rendering import Visit
from refeed.rules.rule_text import parse_rule
from refeed.serve.endpoints.answers import Answers, Shown
from refeed.serve.http.middleware import Sent
from refeed.serve.views.messages import from_elsewhere
from refeed.serve.views.rule_page import AskedRule, render_rules

_LONGEST: Final = 500  # characters of a rule
_OWN: Final = frozenset({"none", "same-origin"})  # who sends a request: somebody at this browser, or our own page


class RuleEndpoint:
    """Shows what rules would do; nothing is ever written."""

    def __init__(self, answers: Answers) -> None:
        """Make the token without which no rule is tried: only visitors of a page of this server have it."""
        self._answers = answers
        self._token = token_urlsafe(16)

    async def page(self, request: Request) -> Response:
        """Answer with the lines of an article, and with what a rule does to it and to others."""
        if not self._answers.visit(request).local:
            return Sent(self._answers.for_its_owner())
        if request.headers.get("sec-fetch-site", "none") not in _OWN:
            return Sent(from_elsewhere(self._answers.addresses.root))
        asked = self._asked(request.query_params)
        key = request.path_params["key"]
        return await self._answers.page(request, partial(self._render, key, asked), variant=repr(asked))

    def _asked(self, parameters: Mapping[str, str]) -> AskedRule:
        line, rule = parameters.get("line", ""), parameters.get("rule", "")
        number = int(line) if line.isascii() and line.isdecimal() and len(line) < 7 else None
        is_ours = compare_digest(parameters.get("token", "").encode(), self._token.encode())
        return AskedRule(number, rule[:_LONGEST].strip(), is_ours=is_ours)

    async def _render(self, key: str, asked: AskedRule, shown: Shown, visit: Visit) -> bytes | None:
        entry = await shown.archive.entry(key)
        offered = await shown.archive.offered(key) if entry else None
        if entry is None or offered is None:
            return None
        asked = asked.at(offered)
        trial, fault = None, ""
        if asked.rule and asked.is_ours:
            try:
                trial = await shown.archive.tried(key, offered, parse_rule(asked.rule))
            except ValueError as error:
                fault = str(error)
        page = partial(render_rules, entry, offered, asked, trial, published=shown.published, visit=visit)
        return await run_in_threadpool(page, fault=fault, token=self._token)
