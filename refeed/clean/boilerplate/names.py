"""The names of boilerplate: words in classes and ids, each with its reason."""

from types import MappingProxyType
from typing import Final

# Word of a class, or id → what it is. Exact, in lower case. Plug-ins, and what many themes agree on.
NAMES: Final = MappingProxyType(
    {
        "_brlbs-caption": "question of consent (Borlabs Cookie)",
        "ad-banner": "advert",
        "ad-container": "advert",
        "ad-disclaimer-container": "affiliate notice",
        "ad-label": "advert",
        "ad-placeholder": "advert",
        "ad-slot": "advert",
        "ad-unit": "advert",
        "ad-wrapper": "advert",
        "adsbygoogle": "advert (AdSense)",
        "adslot": "advert",
        "advertisement": "advert",
        "aplayer-controller": "buttons of a player (APlayer)",
        "aplayer-time": "buttons of a player (APlayer)",
        "artalk": "comments (Artalk)",
        "article-share": "share buttons",
        "bdsharebuttonbox": "share buttons (Baidu)",
        "breadcrumb": "navigation",
        "breadcrumb-trail": "navigation",
        "breadcrumbs": "navigation",
        "bshare-custom": "share buttons (bShare)",
        "captioned-button-wrap": "share and subscribe buttons (Substack)",
        "cat-links": "categories (WordPress themes)",
        "cmplz-blocked-content-notice": "question of consent (Complianz)",
        "cmt-respond": "comment form",
        "cnblogs_code_copy": "copy button (cnblogs)",
        "cnblogs_code_toolbar": "copy buttons (cnblogs)",
        "code-block-extension-header": "label and copy button of code (Juejin)",
        "comment-form": "comment form",
        "comment-respond": "comment form (WordPress)",
        "comment-wrapper": "comments (Drupal)",
        "commentlist": "comments (WordPress)",
        "comments-area": "comments (WordPress)",
        "copy-btn": "copy button",
        "copy-button": "copy button",
        "copy-code-btn": "copy button",
        "copy-code-button": "copy button",
        "copy-to-clipboard-button": "copy button (Prism)",
        "copybtn": "copy button (Sphinx)",
        "crp_related": "related posts (Contextual Related Posts)",
        "dfp-tag-wrapper": "advert (Google Ad Manager)",
        "disclaimer-affiliate": "affiliate notice",
        "disqus_thread": "comments (Disqus)",
        "donate-us": "donation box",
        "dotcom-ad": "advert",
        "dplayer-controller": "buttons of a player (DPlayer)",
        "ds-thread": "comments (Duoshuo)",
        "edit-page-link": "edit link (documentation themes)",
        "edit-this-page": "edit link (documentation themes)",
        "editsection": "edit link (MediaWiki, before 1.22)",
        "entry-share": "share buttons",
        "entry-tags": "tags",
        "essb_links": "share buttons (Easy Social Share Buttons)",
        "fb-comments": "comments (Facebook)",
        "fb-like": "share button (Facebook)",
        "fb-share-button": "share button (Facebook)",
        "feedflare": "share links (FeedBurner)",
        "giscus": "comments (giscus)",
        "gitalk-container": "comments (Gitalk)",
        "google-auto-placed": "advert (AdSense)",
        "heateor_sss_sharing_container": "share buttons (Sassy Social Share)",
        "hide-precode-box": "button that unfolds code (CSDN)",
        "hljs-button": "copy button (CSDN)",
        "hljs-copy-button": "copy button (highlight.js)",
        "innity-in-post": "advert (Innity)",
        "jetpack-likes-widget": "like buttons (Jetpack)",
        "jetpack-likes-widget-wrapper": "like buttons (Jetpack)",
        "jetpack_subscription_widget": "newsletter box (Jetpack)",
        "jiathis_style": "share buttons (JiaThis)",
        "jp-relatedposts": "related posts (Jetpack)",
        "jw-controls": "buttons of a player (JW Player)",
        "kg-audio-player": "buttons of a player (Ghost)",
        "kg-audio-thumbnail": "icon of a player (Ghost)",
        "kg-video-overlay": "buttons of a player (Ghost)",
        "kg-video-player-container": "buttons of a player (Ghost)",
        "mashsb-container": "share buttons (MashShare)",
        "mc4wp-form": "newsletter box (Mailchimp)",
        "mc_embed_signup": "newsletter box (Mailchimp)",
        "mcnpreviewtext": "preheader (Mailchimp)",
        "mejs-controls": "buttons of a player (MediaElement)",
        "mejs-layers": "buttons of a player (MediaElement)",
        "mejs-offscreen": "label of a player (MediaElement)",
        "more-link": "leads from a teaser to the article (WordPress)",
        "mw-cite-backlink": "way back from a note (MediaWiki)",
        "mw-editsection": "edit link (MediaWiki)",
        "mw-jump-link": "jump to the navigation (MediaWiki)",
        "nav-links": "navigation (WordPress)",
        "newsletter": "newsletter box",
        "newsletter-form": "newsletter box",
        "newsletter-signup": "newsletter box",
        "notion-code-copy": "copy button (react-notion-x)",
        "ob-widget": "adverts (Outbrain)",
        "outbrain": "adverts (Outbrain)",
        "page-links": "navigation (WordPress)",
        "pagination": "navigation",
        "plyr__controls": "buttons of a player (Plyr)",
        "post-nav": "navigation",
        "post-navigation": "navigation (WordPress)",
        "post-share": "share buttons",
        "post-sharing": "share buttons",
        "post-tags": "tags",
        "preheader": "preheader (mail)",
        "related-posts": "related posts",
        "related_posts": "related posts",
        "relatedposts": "related posts",
        "robots-nocontent": "marked as no content by the page itself",
        "sd-sharing-enabled": "share buttons (Jetpack)",
        "service-links": "share buttons (Drupal)",
        "share-bar": "share buttons",
        "share-box": "share buttons",
        "share-buttons": "share buttons",
        "sharebar": "share buttons",
        "sharedaddy": "share buttons (Jetpack)",
        "shariff": "share buttons (Shariff)",
        "sharing-buttons": "share buttons",
        "simplesocialbuttons": "share buttons (Simple Social Buttons)",
        "social-buttons": "share buttons",
        "social-share": "share buttons",
        "social-share-buttons": "share buttons",
        "sohucs": "comments (Changyan)",
        "ssba": "share buttons (Simple Share Buttons Adder)",
        "subscribe-box": "newsletter box",
        "subscribe-form": "newsletter box",
        "subscription-widget": "newsletter box (Substack)",
        "subscription-widget-wrap": "newsletter box (Substack)",
        "support-author": "donation box",
        "swp_social_panel": "share buttons (Social Warfare)",
        "taboola": "adverts (Taboola)",
        "tags-links": "tags (WordPress themes)",
        "theme-edit-this-page": "edit link (Docusaurus)",
        "twitter-share-button": "share button (Twitter)",
        "utterances": "comments (utterances)",
        "vcomments": "comments (Valine)",
        "vjs-control-bar": "buttons of a player (Video.js)",
        "vjs-modal-dialog": "buttons of a player (Video.js)",
        "vjs-text-track-settings": "buttons of a player (Video.js)",
        "wp-block-jetpack-sharing-buttons": "share buttons (Jetpack)",
        "wp-block-jetpack-subscriptions": "newsletter box (Jetpack)",
        "wp-pagenavi": "navigation (WP-PageNavi)",
        "wp_rp_wrap": "related posts (WordPress Related Posts)",
        "yarpp": "related posts (YARPP)",
        "yarpp-related": "related posts (YARPP)",
        "zem_rp_wrap": "related posts (Zemanta)",
    }
)

# Ids alone: as words of a class they are too common.
IDS: Final = frozenset({"comments", "respond"})

# Too common for anything but a box of a few words without paragraphs of its own.
SMALL: Final = frozenset({"ad", "ads", "advert"})

# Where readers comment: only at the end of a body, since editors quote comments too.
COMMENTS: Final = frozenset({"comment-list", "comments", "comments-list"})

# Boxes with a word of a class and a word of their text → donation boxes.
DONATIONS: Final = frozenset({"reward", "reward-box", "reward-container"})

# No article even when nothing else is there, as long as they say little.
SIGNATURE_NAMES: Final = frozenset({"sd-sharing-enabled", "sharedaddy"})

# Beginnings of names, where machines add a number or a hash → what it is.
BEGINNINGS: Final = MappingProxyType(
    {
        "a2a_kit": "share buttons (AddToAny)",
        "adcontainer-": "advert (styled-components)",
        "addthis_": "share buttons (AddThis)",
        "addtoany_": "share buttons (AddToAny)",
        "adslot_": "advert",
        "atatags-": "advert (WordAds)",
        "dfp-ad-": "advert (Google Ad Manager)",
        "div-gpt-ad": "advert (Google Ad Manager)",
        "dotcom-mpu": "advert",
        "google_ads_": "advert (Google Ad Manager)",
        "o-self-promo": "promotion of the publisher's own newsletter",
        "sharethis-": "share buttons (ShareThis)",
        "st_sharethis": "share buttons (ShareThis)",
        "standardarticlebody_trustbadge": "the publisher's own standards",
        "taboola-": "adverts (Taboola)",
    }
)

# What an element calls itself for those who do not see it (aria-label), in lower case.
ADVERT_LABELS: Final = ("advert", "广告", "廣告")

# Outlet → words of classes, exact, in lower case, that mean boilerplate there.
OUTLET_NAMES: Final = MappingProxyType(
    {
        "allnow.com": frozenset({"author-wrap", "column"}),  # column, author and day over the text
        "cna.com.tw": frozenset({"morearticle"}),
        "nei.st": frozenset({"collection", "navigation__primary-inner", "post-sidebar"}),
    }
)
