"""Write the texts of Kirby as Markdown: tags, `(image: tide.jpg caption: The tide)`, and blocks, which are JSON.

https://getkirby.com/docs/reference/text/kirbytags, https://getkirby.com/docs/reference/panel/blocks
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Final

from refeed.startup.late_patterns import late_pattern

_ATTRIBUTES: Final = "alt|caption|class|height|lang|link|linkclass|poster|rel|role|target|text|title|width"
# Parentheses within an address stand in pairs.
_TAG: Final = late_pattern(
    r"\((date|email|file|gist|image|link|tel|twitter|video|vimeo|youtube):((?>(?:[^()]|\([^()]*\))+))\)"
)
_ATTRIBUTE: Final = late_pattern(rf"\s({_ATTRIBUTES}):\s*")
_BEGINS_JSON: Final = late_pattern(r"\s*\[\s*\{")
_UUID: Final = "file://"


def kirby_to_markdown(text: str) -> str:
    """Return a text of Kirby as Markdown with HTML in it."""
    if _BEGINS_JSON.match(text):
        try:
            blocks = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return "\n\n".join(_blocks(blocks))
    return _TAG.sub(_tag, text)


def _tag(found: re.Match[str]) -> str:
    value, *pairs = _ATTRIBUTE.split(found[2].lstrip(" \t"))
    said = dict(zip(pairs[::2], map(str.strip, pairs[1::2]), strict=True))
    return _TAGS[found[1]](value.strip(), said)


def _picture(address: str, said: Mapping[str, str]) -> str:
    if not address or address.startswith(_UUID):
        return ""
    shown = f'<img src="{escape(address)}" alt="{escape(said.get("alt", ""))}">'
    caption = said.get("caption", "")
    return f"\n\n<figure>{shown}<figcaption>{caption}</figcaption></figure>\n\n" if caption else shown


def _link(address: str, said: Mapping[str, str]) -> str:
    return f"[{said.get('text') or address}](<{address}>)"


def _words(address: str, said: Mapping[str, str]) -> str:
    return said.get("text", address)


def _film(address: str, said: Mapping[str, str]) -> str:
    return f"\n\n{address}\n\n{said.get('caption', '')}"


def _on_twitter(name: str, said: Mapping[str, str]) -> str:
    name = name.lstrip("@")
    return f"[{said.get('text') or '@' + name}](https://twitter.com/{name})"


def _nothing(_value: str, _said: Mapping[str, str]) -> str:
    return ""


_TAGS: Final[Mapping[str, Callable[[str, Mapping[str, str]], str]]] = MappingProxyType(
    {
        "date": _nothing,  # that of the build
        "email": _words,
        "file": _link,
        "gist": _film,
        "image": _picture,
        "link": _link,
        "tel": _words,
        "twitter": _on_twitter,
        "video": _film,
        "vimeo": _film,
        "youtube": _film,
    }
)


def _blocks(found: Any) -> Iterator[str]:
    """Yield the blocks of a text or of the columns of a layout, but those that are hidden."""
    if not isinstance(found, list):
        return
    for block in found:
        if not isinstance(block, dict) or block.get("isHidden") is True:
            continue
        yield from _blocks(block.get("columns"))
        yield from _blocks(block.get("blocks"))
        content = block.get("content")
        if isinstance(content, dict):
            yield _block(str(block.get("type", "")), content)


def _block(kind: str, content: Mapping[str, Any]) -> str:
    said = {key: value for key, value in content.items() if isinstance(value, str)}
    text = said.get("text", "")
    if kind == "heading":
        level = said.get("level", "h2")
        return f"<{level}>{text}</{level}>" if level in {"h1", "h2", "h3", "h4", "h5", "h6"} else text
    whole = {
        "code": f"<pre><code>{escape(said.get('code', ''))}</code></pre>",
        "line": "<hr>",
        "quote": f"<blockquote>{text}<p>{said.get('citation', '')}</p></blockquote>",
        "video": _film(said.get("url", ""), said),
    }
    if kind in whole:
        return whole[kind]
    if kind in {"gallery", "image"}:
        files = content.get("images" if kind == "gallery" else "image")
        named = [one for one in files if isinstance(one, str)] if isinstance(files, list) else []
        return "\n\n".join(_picture(address, said) for address in named or [said.get("src", "")])
    if kind == "button" and said.get("link"):
        return _link(said["link"], said)
    return _TAG.sub(_tag, text or "\n\n".join(value for value in said.values() if " " in value.strip()))
