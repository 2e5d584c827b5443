"""Recognise pictures that load only if the request does not name the page around them."""

from typing import Final

from refeed.addresses.parts import is_listed, split_address

# Hosts that refuse a picture to pages that are not their own, unless the request does not say where it comes from
# (put together by hand; Instagram, moyu.im, sinaimg.cn and sspai.com are also in Miniflux's referer_override.go).
_REFUSING: Final = frozenset(
    {
        "126.net",
        "127.net",
        "36krcdn.com",
        "byteimg.com",
        "cdninstagram.com",
        "coolapk.com",
        "csdnimg.cn",
        "doubanio.com",
        "douyinpic.com",
        "hdslb.com",
        "hiphotos.baidu.com",
        "img-blog.csdn.net",
        "img.ithome.com",
        "img.nga.178.com",
        "imgsrc.baidu.com",
        "jandan.net",
        "jianshu.io",
        "moyu.im",
        "pstatp.com",
        "qlogo.cn",
        "qpic.cn",
        "sinaimg.cn",
        "sspai.com",
        "tiebapic.baidu.com",
        "toutiaoimg.com",
        "tuchong.com",
        "weibocdn.com",
        "xhscdn.com",
        "xitu.io",
        "zhimg.com",
    }
)
# Hosts of which one cannot know, because their customers choose: what the source says counts.
_CHOOSING: Final = frozenset(
    {
        "alicdn.com",
        "aliyuncs.com",
        "bcebos.com",
        "clouddn.com",
        "cnbetacdn.com",
        "gtimg.com",
        "mydrivers.com",
        "myqcloud.com",
        "myzaker.com",
        "oschina.net",
        "qnssl.com",
        "woshipm.com",
        "ykimg.com",
    }
)


def is_shy(url: str, *, stated: bool) -> bool:
    """Return whether a picture needs referrerpolicy="no-referrer"; stated: its source gave it that."""
    host = split_address(url).host
    return is_listed(host, _REFUSING) or (stated and is_listed(host, _CHOOSING))
