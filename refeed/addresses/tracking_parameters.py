"""Remove from links what only records where a reader came from, never what selects the page.

What counts on any host is in the lists of ClearURLs (https://docs.clearurls.xyz, global rules) and Miniflux
(internal/reader/urlcleaner), without what may select something; what counts on one host was put together by hand.
"""

import re
from types import MappingProxyType
from typing import Final

from refeed.addresses.parts import is_archived, listed, split_address
from refeed.startup.late_patterns import late_pattern

# On any host; in lower case.
_ANYWHERE: Final = frozenset(
    {
        "__hsfp",
        "__hssc",
        "__hstc",
        "__twitter_impression",
        "_bhlid",
        "_branch_match_id",
        "_branch_referrer",
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "dclid",
        "fb_action_ids",
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "fbclid",
        "gbraid",
        "gclid",
        "gclsrc",
        "hsctatracking",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mc_tc",
        "mkt_tok",
        "msclkid",
        "nsukey",
        "oly_anon_id",
        "oly_enc_id",
        "rb_clickid",
        "srsltid",
        "ttclid",
        "twclid",
        "vero_conv",
        "vero_id",
        "wbraid",
        "wickedid",
        "wt.mc_id",
        "xtor",
        "yclid",
        "ysclid",
    }
)
_BEGINNINGS: Final = (
    "hmb_",  # Humble Bundle
    "hsa_",  # HubSpot
    "itm_",
    "mtm_",  # Matomo
    "pk_c",  # Matomo, before: pk_campaign, pk_cid, pk_content
    "pk_k",  # pk_keyword, pk_kwd
    "pk_medium",
    "pk_source",
    "utm_",
)
# Parameters that track only with certain values: WeChat adds the first two to what is shared, Medium the last.
_VALUES: Final = MappingProxyType(
    {
        "from": late_pattern(r"(?:group|single)message|timeline"),
        "isappinstalled": late_pattern(r"[01]"),
        "source": late_pattern(r"rss-.*|(?>(?:.*[^0-9\-])?)(?>(?:[0-9]|-(?!--))*)---[0-9\-]*", re.DOTALL),
    }
)
_ALIBABA: Final = frozenset({"acm", "ali_refid", "ali_trackid", "scm", "spm"})
_AMAZON: Final = frozenset(
    {
        "_encoding",
        "dchild",
        "linkcode",
        "pd_rd_i",
        "pd_rd_r",
        "pd_rd_w",
        "pd_rd_wg",
        "pf_rd_p",
        "pf_rd_r",
        "qid",
        "ref_",
    }
)
_BBC: Final = frozenset({"ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source", "ocid"})
_TWITTER: Final = frozenset({"cn", "cxt", "ref_src", "ref_url", "refsrc", "s", "t"})
# Host, with the domains below it → parameters.
_BY_HOST: Final = MappingProxyType(
    {
        "163.com": frozenset({"spsdevid", "spsnuid", "spss", "spsshare", "spstoken", "spsts", "spsvid", "spsw"}),
        "1688.com": _ALIBABA,
        "aliexpress.com": _ALIBABA | {"algo_expid", "algo_pvid", "btsid", "ws_ab_test"},
        "aliyun.com": _ALIBABA,
        "amazon.cn": _AMAZON,
        "amazon.co.jp": _AMAZON,
        "amazon.co.uk": _AMAZON,
        "amazon.com": _AMAZON,
        "amazon.de": _AMAZON,
        "apple.com": frozenset({"itscg", "itsct"}),
        "bbc.co.uk": _BBC,
        "bbc.com": _BBC,
        "bilibili.com": frozenset(
            {
                "bbid",
                "from_source",
                "from_spmid",
                "is_story_h5",
                "plat_id",
                "seid",
                "share_from",
                "share_medium",
                "share_plat",
                "share_session_id",
                "share_source",
                "share_tag",
                "spm_id_from",
                "unique_k",
                "vd_source",
            }
        ),
        "bloomberg.com": frozenset({"cmpid", "leadsource", "sref", "srnd"}),
        "csdn.net": frozenset({"biz_id", "ops_request_misc", "request_id", "spm"}),
        "dingtalk.com": _ALIBABA,
        "douyin.com": frozenset({"share_did", "share_token", "share_uid", "tt_from"}),
        "dw.com": frozenset({"maca"}),
        "economist.com": frozenset({"frsc", "fsrc"}),
        "facebook.com": frozenset({"__tn__", "extid", "fref", "hc_ref", "mibextid", "rdid", "refsrc", "sfnsn"}),
        "fliggy.com": _ALIBABA,
        "ft.com": frozenset({"ftcamp", "segmentid"}),
        "instagram.com": frozenset({"ig_rid", "ig_web_copy_link", "igsh"}),
        "ixigua.com": frozenset({"share_token", "tt_from"}),
        "linkedin.com": frozenset({"lici", "lipi", "rcm", "refid", "trackingid", "trk"}),
        "mp.weixin.qq.com": frozenset(
            {
                "ascene",
                "clicktime",
                "devicetype",
                "enterid",
                "exportkey",
                "mpshare",
                "nettype",
                "pass_ticket",
                "scene",
                "sessionid",
                "sharer_shareid",
                "sharer_sharetime",
                "srcid",
                "subscene",
                "wx_header",
            }
        ),
        "nikkei.com": frozenset({"n_cid"}),
        "nytimes.com": frozenset({"action", "emc", "module", "pgtype", "smid", "smtyp"}),
        "open.spotify.com": frozenset({"si"}),
        "reddit.com": frozenset({"correlation_id", "rdt", "ref_campaign", "ref_source", "share_id"}),
        "reuters.com": frozenset({"feedname", "feedtype", "rpc", "taid"}),
        "substack.com": frozenset({"isfreemail", "r", "showwelcomeonshare", "triedredirect"}),
        "taobao.com": _ALIBABA,
        "theguardian.com": frozenset({"cmp"}),
        "tmall.com": _ALIBABA,
        "toutiao.com": frozenset({"share_token", "tt_from", "wxshare_count"}),
        "twitter.com": _TWITTER,
        "washingtonpost.com": frozenset({"itid", "wpisrc", "wpmm"}),
        "weibo.cn": frozenset({"display", "retcode", "sudaref", "wm"}),
        "weibo.com": frozenset({"from", "mod", "refer_flag", "sudaref", "wvr"}),
        "wired.com": frozenset({"bxid", "mbid"}),
        "wsj.com": frozenset({"mod", "reflink"}),
        "x.com": _TWITTER,
        "yahoo.com": frozenset({"guccounter", "guce_referrer", "guce_referrer_sig", "ncid", "soc_src", "soc_trk"}),
        "youtu.be": frozenset({"feature", "si"}),
        "youtube.com": frozenset({"ab_channel", "feature", "pp", "si"}),
        "zhihu.com": frozenset({"hybrid_search_extra", "hybrid_search_source"}),
    }
)
_TRACKING_FRAGMENT: Final = late_pattern(r"#\??(?:utm_|xtor=)")


def strip_tracking(url: str) -> str:
    """Return an address without tracking parameters; all other parameters stay, in their order."""
    if ("?" not in url and "#" not in url) or is_archived(url):
        return url
    address, mark, fragment = url.partition("#")
    if mark and _TRACKING_FRAGMENT.match(mark + fragment):
        mark = fragment = ""
    if "?" not in address:
        return address + mark + fragment
    page, _, query = address.partition("?")
    host = split_address(address).host
    on_host = _BY_HOST.get(listed(host, _BY_HOST) or "", frozenset())
    kept = "&".join(part for part in query.split("&") if not _is_tracking(part, on_host))
    return page + (f"?{kept}" if kept or not query else "") + mark + fragment


def strip_campaign(url: str) -> str:
    """Return the address of a picture without the names of campaigns; all else may be part of its key."""
    if "utm_" not in url:
        return url
    address, mark, fragment = url.partition("#")
    page, _, query = address.partition("?")
    kept = "&".join(part for part in query.split("&") if not part.lower().removeprefix("amp;").startswith("utm_"))
    return page + (f"?{kept}" if kept or not query else "") + mark + fragment


def _is_tracking(part: str, on_host: frozenset[str]) -> bool:
    name, _, value = part.partition("=")
    name = name.lower().removeprefix("amp;")  # an ampersand that was escaped twice
    if name in _ANYWHERE or name in on_host or name.startswith(_BEGINNINGS) or "-utm_" in name:
        return True
    return name in _VALUES and _VALUES[name].fullmatch(value) is not None
