"""Find where a redirector leads, if its address says so.

Short addresses (t.co, t.cn, bit.ly, feedproxy.google.com) and encrypted ones (Tieba, Bing's adverts) say nothing: they
stay. So does the Internet Archive: it shows what its original may no longer show.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from refeed.addresses.image_proxies import is_proxy, unwrap_proxy
from refeed.addresses.parts import (
    RECENT_HOSTS,
    UrlParts,
    inner_address,
    is_archived,
    is_listed,
    listed,
    parameter,
    split_address,
)
from refeed.startup.late_patterns import late_pattern
from refeed.urls import resolve

# Host and path → the parameters that may hold the target. Put together by hand, from addresses as they occur in
# articles; Google's and YouTube's are also in ClearURLs' rules (https://docs.clearurls.xyz, "redirections").
_PAGES: Final = MappingProxyType(
    {
        "afdian.com/link": ("target",),
        "afdian.net/link": ("target",),
        "api.viglink.com/api/click": ("out", "u"),
        "awin1.com/awclick.php": ("ued", "p"),
        "awin1.com/cread.php": ("ued", "p"),
        "c.duomai.com/track.php": ("t",),
        "c.pc.qq.com/middle.html": ("pfurl",),
        "c.pc.qq.com/middlem.html": ("pfurl",),
        "click.linksynergy.com/deeplink": ("murl",),
        "click.linksynergy.com/fs-bin/click": ("murl", "RD_PARM1"),
        "click.linksynergy.com/link": ("murl",),
        "clickserve.dartsearch.net/link/click": ("ds_dest_url",),
        "clk.tradedoubler.com/click": ("url",),
        "cloud.tencent.com/developer/tools/blog-entry": ("target",),
        "coolapk.com/link": ("url",),
        "curseforge.com/linkout": ("remoteUrl",),
        "disq.us/": ("url",),
        "disq.us/url": ("url",),
        "docs.qq.com/scenario/link.html": ("url",),
        "douban.com/link2/": ("url",),
        "duckduckgo.com/l/": ("uddg",),
        "exit.sc/": ("url",),
        "facebook.com/l.php": ("u",),
        "gate.sc/": ("url",),
        "gcores.com/link": ("target",),
        "getpocket.com/redirect": ("url",),
        "gitee.com/link": ("target",),
        "go.redirectingat.com/": ("url",),
        "go.skimresources.com/": ("url",),
        "google/imgres": ("imgrefurl",),
        "google/interstitial": ("url",),
        "google/url": ("q", "url"),
        "hellogithub.com/periodical/statistics/click": ("target",),
        "infoq.cn/link": ("target",),
        "jianshu.com/go": ("to", "url"),
        "jianshu.com/go-wild": ("url", "to"),
        "l.facebook.com/": ("u",),
        "l.facebook.com/l.php": ("u",),
        "l.instagram.com/": ("u",),
        "l.messenger.com/l.php": ("u",),
        "l.threads.net/": ("u",),
        "leetcode-cn.com/link/": ("target",),
        "leetcode.cn/link/": ("target",),
        "link.csdn.net/": ("target",),
        "link.juejin.cn/": ("target",),
        "link.juejin.im/": ("target",),
        "link.zhihu.com/": ("target",),
        "linkedin.com/redir/redirect": ("url",),
        "linkedin.com/safety/go": ("url",),
        "links.jianshu.com/go": ("to",),
        "lm.facebook.com/l.php": ("u",),
        "m.facebook.com/l.php": ("u",),
        "medium.com/r/": ("url",),
        "nullrefer.com/": ("url",),
        "oschina.net/action/GoToLink": ("url",),
        "partners.webmasterplan.com/click.asp": ("diurl",),
        "pixiv.net/jump.php": ("url",),
        "plus.url.google.com/url": ("q", "url"),
        "redirect.viglink.com/": ("u",),
        "ref.gamer.com.tw/redir.php": ("url",),
        "s.click.aliexpress.com/deep_link.htm": ("dl_target_url",),
        "shareasale.com/r.cfm": ("urllink",),
        "slack-redir.net/link": ("url",),
        "sspai.com/link": ("target",),
        "steamcommunity.com/linkfilter/": ("url", "u"),
        "t.umblr.com/redirect": ("z",),
        "track.flexlinkspro.com/a.ashx": ("url",),
        "track.webgains.com/click.html": ("wgtarget",),
        "translate.google.com/translate": ("u",),
        "translate.google.com/website": ("u",),
        "vk.com/away.php": ("to",),
        "weibo.cn/sinaurl": ("u", "toasturl"),
        "xie.infoq.cn/link": ("target",),
        "youtube.com/redirect": ("q",),
    }
)
# Hosts that do nothing else, or do it under any path → the parameters; with the domains below them.
_HOSTS: Final = MappingProxyType(
    {
        "7eer.net": ("u",),  # Impact
        "ad.admitad.com": ("ulp",),
        "alitems.com": ("ulp",),  # Admitad
        "anrdoezrs.net": ("url",),  # CJ
        "away.vk.com": ("to",),
        "dpbolvw.net": ("url",),  # CJ
        "evyy.net": ("u",),  # Impact
        "jdoqocy.com": ("url",),  # CJ
        "kqzyfj.com": ("url",),  # CJ
        "out.reddit.com": ("url",),
        "pvxt.net": ("u",),  # Impact
        "pxf.io": ("u",),  # Impact
        "rover.ebay.com": ("mpre",),
        "safelinks.protection.outlook.com": ("url",),
        "sjv.io": ("u",),  # Impact
        "tkqlhce.com": ("url",),  # CJ
    }
)
# Pages whose whole query is the target.
_QUERIES: Final = frozenset(
    {
        "anon.to/",
        "anonym.to/",
        "blankrefer.com/",
        "blog.51cto.com/transfer",
        "dereferer.org/",
        "hiderefer.com/",
        "href.li/",
        "nullrefer.com/",
        "pixiv.net/jump.php",
        "steamcommunity.com/linkfilter/",
    }
)
_PAGE_HOSTS: Final = frozenset(page.partition("/")[0] for page in (*_PAGES, *_QUERIES))
# Beginnings of host and path behind which the target stands.
_PATHS: Final = (
    late_pattern(r"(?:anrdoezrs\.net|dpbolvw\.net|jdoqocy\.com|kqzyfj\.com|tkqlhce\.com)/links/[^:%]*/(?=https?[:%])"),
    late_pattern(r"prf\.hn/click/[^%]*/destination:(?=https?[:%])"),
    late_pattern(r"urldefense\.com/v3/__(?=https?:)"),
)
_PATH_HOSTS: Final = frozenset(
    {"anrdoezrs.net", "dpbolvw.net", "jdoqocy.com", "kqzyfj.com", "prf.hn", "tkqlhce.com", "urldefense.com"}
)
_URLDEFENSE_END: Final = late_pattern(r"__;.*\Z", re.DOTALL)

# Hosts of Google in every country; they escape `&` in a target, and little else.
_GOOGLE: Final = late_pattern(r"google\.(?:com?\.)?[a-z]{2,3}")
_GOOGLE_AMP: Final = late_pattern(r"/amp/(s/)?([^/]+\.[a-z]{2,}/.*)", re.DOTALL)
# Google's cache, which is gone: perhaps a key, the address, perhaps words to mark.
_GOOGLE_CACHE: Final = late_pattern(r"cache:(?:[\w-]{12}:)?(https?://[^\s+]+|[\w-]+(?:\.[\w-]+)+/[^\s+]*)")
# Proofpoint, version 2: `-` stands for `%`, `_` for `/`.
_PROOFPOINT: Final = str.maketrans("-_", "%/")
# Disqus adds a checksum to the target.
_CHECKSUM: Final = late_pattern(r":[\w-]{6,40}\Z")
_MOST: Final = 6


def unwrap_redirect(url: str) -> str:
    """Return where a link leads in the end, through any number of redirectors; other addresses stay.

    The address is one that `resolve` returned: it comes back as it is.
    """
    is_plain = "?" not in url and "http" not in url[4:].lower() and not _may_lead_on(split_address(url).host)
    if is_plain or is_archived(url):  # nearly always
        return url
    for _ in range(_MOST):
        behind = _behind(url) if _is_redirector(split_address(url).host) else unwrap_proxy(url)
        target = resolve(behind, None) if behind and behind != url else None
        if target is None or target == url:
            break
        url = target
    return url


def _behind(url: str) -> str | None:
    """Return the target of one redirector."""
    spot = split_address(url)
    if _GOOGLE.fullmatch(spot.host) or spot.host == "webcache.googleusercontent.com":
        return _behind_google(spot)
    if spot.host == "urldefense.proofpoint.com" and (value := parameter(spot.query, "u")):
        return unquote(value.partition("&")[0].translate(_PROOFPOINT)) if spot.path == "/v2/url" else _target(value)
    if spot.host.endswith(".translate.goog"):
        return _translated(url, spot)
    names = (
        _PAGES.get(spot.host_and_path)
        or _PAGES.get(f"{spot.host_and_path}/")
        or _HOSTS.get(listed(spot.host, _HOSTS) or "")
        or ()
    )
    rest = url.partition("?")[2]
    for name in names:
        if (value := parameter(rest, name)) and (target := _target(value)):
            return _CHECKSUM.sub("", target) if spot.host == "disq.us" else target
    if spot.host_and_path in _QUERIES and (target := _target(rest)):
        return target
    return _at_the_end(url, spot) or unwrap_proxy(url)


@lru_cache(RECENT_HOSTS)
def _may_lead_on(host: str) -> bool:
    """Return whether an address of a host may be one that leads on, though no other address stands in it."""
    return _is_redirector(host) or is_proxy(host)


@lru_cache(RECENT_HOSTS)
def _is_redirector(host: str) -> bool:
    """Return whether one of the tables or rules here may be for a host."""
    return (
        host in _PAGE_HOSTS
        or listed(host, _HOSTS) is not None
        or is_listed(host, _PATH_HOSTS)
        or host.endswith(".translate.goog")
        or host in {"urldefense.proofpoint.com", "webcache.googleusercontent.com"}
        or _GOOGLE.fullmatch(host) is not None
    )


def _target(value: str) -> str | None:
    """Read a target: an address, escaped or not, perhaps without its scheme."""
    if target := inner_address(value):
        return target
    text = unquote(value.partition("&")[0])
    return "https://" + text.lstrip("/") if text.startswith(("//", "www.")) else None


def _behind_google(spot: UrlParts) -> str | None:
    if found := _GOOGLE_AMP.fullmatch(spot.path):
        return ("https://" if found[1] else "http://") + found[2]
    if spot.path == "/search":
        found = _GOOGLE_CACHE.match(unquote(parameter(spot.query, "q") or "").partition("&")[0])
        address = found[1] if found else ""
        return address if not address or address.startswith("http") else "https://" + address
    for name in _PAGES.get("google" + spot.path, ()):
        value = unquote((parameter(spot.query, name) or "").partition("&")[0])
        if value.startswith(("http://", "https://")):
            return value
    return None


def _translated(url: str, spot: UrlParts) -> str | None:
    """Undo translate.goog: `-` in its host stands for a dot, `--` for itself."""
    if parameter(spot.query, "_x_tr_hp"):
        return None
    name = "-".join(part.replace("-", ".") for part in spot.host.removesuffix(".translate.goog").split("--"))
    scheme = (parameter(spot.query, "_x_tr_sch") or "https").partition("&")[0]
    query = "&".join(part for part in spot.query.split("&") if part and not part.startswith("_x_tr_"))
    fragment = url.partition("#")[2]
    return f"{scheme}://{name}{spot.path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _at_the_end(url: str, spot: UrlParts) -> str | None:
    """Return the target that stands at the end of a path."""
    if not is_listed(spot.host, _PATH_HOSTS):
        return None
    start = url.lower().find(spot.host)
    for pattern in _PATHS:
        if found := pattern.match(url, start):
            rest = url[found.end() :]
            if "urldefense" in spot.host:
                rest = _URLDEFENSE_END.sub("", rest)
                return None if "*" in rest else inner_address(rest)
            return inner_address(rest)
    return None
