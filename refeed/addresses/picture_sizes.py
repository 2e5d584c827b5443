"""Recognise one picture in several sizes, by what image servers add to its address for each size."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from refeed.addresses.parts import split_address
from refeed.startup.late_patterns import late_pattern

# End of the host → what another size of the same picture changes in host and path. Only where the server's own
# naming says so; sizes that every server may use come after these.
_BY_HOST: Final = (
    ("bp.blogspot.com", late_pattern(r"\A.*?bp\.blogspot\.com|/(?:s|w)[0-9]+[\w-]*(?=/[^/]+\Z)")),
    ("byteimg.com", late_pattern(r"\A[^/]*|~tplv-.*\Z")),
    (
        "cdn-images-1.medium.com",
        late_pattern(r"\A[^/]*|/(?:freeze/)?(?:max|fit/[ct]|v2/resize:[\w:]+)(?:/[0-9]+)*(?=/)"),
    ),
    ("doubanio.com", late_pattern(r"\A[^/]*|/(?:l|m|s|raw|lpst|mpst|spst)(?=/public/)")),
    ("googleusercontent.com", late_pattern(r"\A[^/]*|/(?:s|w)[0-9]+[\w-]*(?=/[^/]+\Z)|=[swh][0-9][\w-]*\Z")),
    ("hdslb.com", late_pattern(r"\A[^/]*|@[^/]*\Z")),
    ("ichef.bbci.co.uk", late_pattern(r"/(?:ace/(?:standard|ws)|news|images/ic)/[0-9x]+(?=/)")),
    ("ik.imagekit.io", late_pattern(r"/tr:[^/]+(?=/)")),
    ("images.unsplash.com", late_pattern(r"\Z")),  # all sizes are in the query
    ("jianshu.io", late_pattern(r"!.*\Z")),
    ("miro.medium.com", late_pattern(r"\A[^/]*|/(?:freeze/)?(?:max|fit/[ct]|v2/resize:[\w:]+)(?:/[0-9]+)*(?=/)")),
    (
        "nyt.com",
        late_pattern(r"-(?:article(?:Inline|Large)|(?:super)?[jJ]umbo|master[0-9]+|popup)(?:-v[0-9]+)?(?=\.\w+\Z)"),
    ),
    ("pbs.twimg.com", late_pattern(r"(?:\.(?:jpg|png))?(?::\w+)?\Z")),
    ("res.cloudinary.com", late_pattern(r"(?<=/upload)(?:/[a-z]{1,4}_[^/]*)*(?:/v[0-9]+)?(?=/)")),
    ("qpic.cn", late_pattern(r"/(?:0|64|96|132|300|640)\Z")),
    ("sinaimg.cn", late_pattern(r"\A[^/]*/[^/]+")),
    ("static.wixstatic.com", late_pattern(r"/v1/(?:crop|fill|fit)/.*\Z")),
    ("storyblok.com", late_pattern(r"/m/[^/]*\Z")),
    ("voanews.com", late_pattern(r"(?:_c[xyw][0-9]+)*_w[0-9]+(?:_[nrs][0-9]*)*(?=\.\w+\Z)")),
    ("wikimedia.org", late_pattern(r"/thumb(?=/)|(?<=[^/])/[0-9]+px-[^/]+\Z")),
    ("zhimg.com", late_pattern(r"\A[^/]*|_(?:[0-9]+w|[0-9]+x[0-9]+|b|hd|l|m|qhd|r|s|xl|xs)(?=\.\w+\Z)")),
)
# The same where any server may do it: Ghost, Shopify, Cloudflare, Nuxt, Gatsby, Hugo, and the styles of Qiniu, Upyun,
# Aliyun.
_ANYWHERE: Final = late_pattern(
    r"(?<=/content/images)/size/w[0-9]{2,5}(?:h[0-9]{2,5})?(?:/format/\w{1,8})?(?=/)"
    r"|/cdn-cgi/image/[^/]{1,200}(?=/)|/_ipx/[^/]{1,200}(?=/)"
    r"|(?<=/static/[0-9a-f]{32})/[0-9a-f]{5}(?=/)"
    r"|_hu_?[0-9a-f]{8,64}(?:_[0-9]{1,12}_[\w.]{1,80}?)?(?=\.\w{3,4}\Z)"
    r"|(?<=\.jpg)[@!][\w!/.,-]{1,80}\Z|(?<=\.png)[@!][\w!/.,-]{1,80}\Z|(?<=\.gif)[@!][\w!/.,-]{1,80}\Z"
    r"|(?<=\.jpeg)[@!][\w!/.,-]{1,80}\Z|(?<=\.webp)[@!][\w!/.,-]{1,80}\Z",
    re.IGNORECASE,
)
_SIGNS: Final = ("/size/", "/cdn-cgi/", "/_ipx/", "/static/", "_hu", "@", "!")  # one is in each of them, in either case
_SHOPIFY: Final = late_pattern(
    r"_(?:compact|grande|icon|large|medium|pico|small|thumb|[0-9]{1,4}x[0-9]{0,4})(?:_crop_\w{3,6})?(?=\.\w{3,4}\Z)"
)
_ASTRO: Final = late_pattern(r"(?<=\.[\w-]{8})_\w{4,8}(?=\.\w{3,4}\Z)")  # the file's hash, and its size's
# WordPress: -300x200 is the size, -scaled what became of a large original.
_SIZE: Final = late_pattern(r"(?:[-_][0-9]{2,4}x[0-9]{2,4}|-scaled|@2x)(?=\.[A-Za-z]{3,4}\Z)")
# What servers make of a JPEG or PNG for browsers that can show it.
_MODERN: Final = late_pattern(r"(?:\.(?:jpe?g|png))?\.(?:avif|webp)\Z|\.(?:jpe?g|png)\Z", re.IGNORECASE)
_WIDTH: Final = late_pattern(r"[-_]([0-9]{2,4})x[0-9]{2,4}\.[A-Za-z]{3,4}\Z")
_PICTURE_FILE: Final = late_pattern(r"\.(?:avif|bmp|gif|jpe?g|png|webp)\Z", re.IGNORECASE)
_RECENT: Final = 128  # one picture is compared with each of a body


def same_picture(one: str, other: str) -> bool:
    """Return whether two addresses show one picture, perhaps in two sizes."""
    return one == other or _core(one) == _core(other)


def same_name(one: str, other: str) -> bool:
    """Return whether two addresses end in the same file name, perhaps in two sizes."""
    names = [_SIZE.sub("", unquote(split_address(url).path.rpartition("/")[2])) for url in (one, other)]
    return names[0] == names[1] != ""


def is_picture_file(path: str) -> bool:
    """Return whether a path ends as the names of pictures do."""
    return bool(_PICTURE_FILE.search(path))


def stated_width(url: str) -> int | None:
    """Return the width that a file name says."""
    found = _WIDTH.search(split_address(url).path)
    return int(found[1]) if found else None


@lru_cache(_RECENT)
def _core(url: str) -> str:
    """Return what all sizes of one picture have in common: host and path, and the query where it names the picture."""
    spot = split_address(url)
    for host, change in _BY_HOST:
        if spot.host.endswith(host):
            return _SIZE.sub("", host + " " + change.sub("", unquote(spot.host_and_path)))
    path = unquote(spot.path)
    if any(map(path.lower().__contains__, _SIGNS)):
        path = _ANYWHERE.sub("", path)
    if spot.host == "cdn.shopify.com" or path.startswith("/cdn/shop/"):
        path = _SHOPIFY.sub("", path)
    if path.startswith("/_astro/"):
        path = _ASTRO.sub("", path)
    if not spot.host or not _PICTURE_FILE.search(path):
        return unquote(url.partition(":")[2])
    return _MODERN.sub("", _SIZE.sub("", spot.host + path))
