"""The wordings of boilerplate that only one outlet has, each with its reason."""

from types import MappingProxyType
from typing import Final

from refeed.clean.boilerplate.wordings import wording

# Outlet → its own wordings.
OUTLETS: Final = MappingProxyType(
    {
        "allnow.com": (wording("微信搜索", r"微信搜索 [“”「]燕京书评[“”」] .{0,60}", "its own account"),),
        "cn.nytimes.com": (
            wording(
                "cn.letters@nytimes.com",
                r"(?:感谢阅读|欢迎|也欢迎|如有任何) .{0,400} cn\.letters@nytimes\.com [。.]?",
                "sign-off of its newsletter",
            ),
            wording(
                "cn.letters@nytimes.com",
                r"(?=.*阅读更多) .{0,400} cn\.letters@nytimes\.com [。.]? .{0,40}",
                "the same in other words",
            ),
        ),
        "cna.com.tw": (
            wording("電子報", r"歡迎訂閱中央社國際新聞電子報 .{0,60}", "its newsletters"),
            wording("電子報", r".{0,20} 同步發送電子報 .{0,80}", "the same"),
            wording("做朋友", r"若有任何建議請來信告訴我們 .{0,60} 做朋友 。?", "the same"),
        ),
        "dw.com": (
            wording(
                "客观中立",
                r"德国之声致力于为您提供客观中立的新闻 .{0,80} 仅代表作者或专家个人立场 。?",
                "what it says of its comments in general",
            ),
            wording(
                "客觀中立", r"德國之聲致力於為您提供客觀中立的新聞 .{0,80} 僅代表作者或專家個人立場 。?", "the same"
            ),
        ),
        "economist.com": (
            wording(
                "subscribe",
                r"(?:Please subscribe to The Economist for|For) full access to print, digital and audio editions"
                r" .{0,120}",
                "how to subscribe",
                "digital and audio editions",
            ),
            wording(
                "newsletter",
                r"(?:Dig deeper: | Editor’s note:)? (?:For more|For the latest|Read) .{0,250} (?:sign up|register) for"
                r" .{1,60} our .{0,20} newsletter .{0,120}",
                "its newsletters",
            ),
            wording(
                "newsletter",
                r"Editor’s note: Some of our .{1,40} coverage is free for readers of .{0,200}",
                "the same",
            ),
        ),
        "epochtimes.com": (wording("【支持】", r"【支持】为真相护航 .{0,60}", "how to donate"),),
        "hkcnews.com": (
            wording("月費訂戶", r"請加入成為眾新聞的月費訂戶 .{0,80}", "how to subscribe"),
            wording("月費訂戶", r"月費訂戶 網址 [：:] .{0,60}", "the same"),
        ),
        "iyouport.org": (wording("付费墙", r"与大多数内容网站不同，IYP .{0,400}", "how to donate"),),
        "reuters.com": (
            wording("我们的标准", r"我们的标准 [：:] (?:汤森路透 .{0,20})?", "its principles"),
            wording("信任原则", r"汤森路透 [“「]?信任原则[”」]?", "its principles"),
            wording("Trust Principles", r"Our Standards: (?:The )?Thomson Reuters Trust Principles\.?", "the same"),
        ),
        "voachinese.com": (
            wording("播放列表", r"《.{1,20}》 YouTube 播放列表 [：:] .{0,80}", "where its films are"),
            wording(
                "bit.ly/",
                r"(?=.*(?:翻墙|下载|应用|订阅|镜像|代理|App|Telegram|VPN)) .{0,250} bit\.ly/ .{0,120}",
                "how to reach it from behind a wall",
            ),
        ),
    }
)
