"""Check what only the channel of an RSS 2.0 feed has: when to come back, whom to ask, its picture and its form."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from refeed.validation.elements import Grammar, child_findings
from refeed.validation.finding import Finding
from refeed.validation.syntax import is_size

# RSS 2.0, <image>: the largest width and height in pixels.
_LARGEST: Final = MappingProxyType({"width": 144, "height": 400})
# RSS 2.0, <cloud>, and the RSS Cloud interface (http-post).
_CLOUD: Final = ("domain", "port", "path", "registerProcedure", "protocol")
_PROTOCOLS: Final = frozenset({"xml-rpc", "soap", "http-post"})
_DAYS: Final = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_HOURS: Final = frozenset(map(str, range(24)))
# RSS 2.0, <skipHours> and <skipDays>: what they hold, and its values.
_SKIPPED: Final[Mapping[str, tuple[str, frozenset[str]]]] = MappingProxyType(
    {"skipHours": ("hour", _HOURS), "skipDays": ("day", _DAYS)}
)
_FORM: Final = Grammar(
    required=frozenset({"title", "description", "name", "link"}), optional=frozenset(), many=frozenset()
)


def channel_findings(channel: Any) -> Iterator[Finding]:
    """Yield what is wrong with them."""
    for name, check in _CHECKS.items():
        for element in channel.findall(name):
            yield from check(element)


def _skipped(element: Any) -> Iterator[Finding]:
    item, values = _SKIPPED[element.tag]
    grammar = Grammar(required=frozenset(), optional=frozenset(), many=frozenset({item}))
    yield from child_findings(element, grammar)
    told = set[str]()
    for child in element.findall(item):
        text = (child.text or "").strip()
        value = text.lstrip("0") or "0" if item == "hour" else text
        if value not in values or value in told:
            what = "stands twice" if value in told else f"is not a valid {item}"
            yield Finding("bad-schedule", f"{element.tag}: the {item} {text!r} {what}", child.sourceline)
        told.add(value)


def _cloud(element: Any) -> Iterator[Finding]:
    line = element.sourceline
    yield from (Finding("bad-cloud", f"cloud has no {name}", line) for name in _CLOUD if element.get(name) is None)
    port, protocol = element.get("port", "80"), element.get("protocol", "soap")
    if not is_size(port) or not 0 < int(port) < 2**16:
        yield Finding("bad-cloud", f"cloud: {port!r} is not a port", line)
    if protocol not in _PROTOCOLS:
        yield Finding(
            "bad-cloud", f"cloud: the protocol {protocol!r} is not one of {', '.join(sorted(_PROTOCOLS))}", line
        )


def _form(element: Any) -> Iterator[Finding]:
    yield from child_findings(element, _FORM)
    yield Finding("text-input", "no reader shows textInput", element.sourceline)


def _picture(element: Any) -> Iterator[Finding]:
    for name, largest in _LARGEST.items():
        for child in element.findall(name):
            text = (child.text or "").strip()
            if not is_size(text) or not 0 < int(text) <= largest:
                message = f"image: the {name} {text!r} is not a number from 1 to {largest}"
                yield Finding("bad-image-size", message, child.sourceline)


def _minutes(element: Any) -> Iterator[Finding]:
    text = (element.text or "").strip()
    if not is_size(text) or int(text) == 0:
        yield Finding("bad-schedule", f"ttl is not a number of minutes: {text!r}", element.sourceline)


_CHECKS: Final[Mapping[str, Callable[[Any], Iterator[Finding]]]] = MappingProxyType(
    {
        "cloud": _cloud,
        "image": _picture,
        "skipDays": _skipped,
        "skipHours": _skipped,
        "textInput": _form,
        "ttl": _minutes,
    }
)
