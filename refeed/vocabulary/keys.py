"""The keys of front matter: which statement of a record each one makes, its rank, and who writes it.

Within a field the strongest key comes first: what says when an article was published before what says when it was
made, an address of its own before one of its site. `key_name` folds case, hyphens, underscores and blanks, so that
`published_at` stands for `publishedAt`, too.
"""

from types import MappingProxyType
from typing import Final

from refeed.startup.named_tuple import NamedTuple
from refeed.vocabulary.fields import key_name
from refeed.vocabulary.more_keys import MORE_KEYS
from refeed.vocabulary.native_keys import NATIVE_KEYS


class Key(NamedTuple):
    """One key."""

    name: str
    writers: str  # generators and importers that document it


_KEYS: Final = MappingProxyType(
    {
        "titles": (
            Key("title", "all"),
            Key("headline", "JSON-LD exports"),
            Key("post_title", "WordPress importers"),
            Key("标题", "Chinese notes"),
            Key("標題", "Chinese notes"),
            Key("タイトル", "Japanese notes"),
            Key("제목", "Korean notes"),
            Key("título", "Spanish and Portuguese notes"),
            Key("titre", "French notes"),
            Key("titel", "German notes"),
            Key("titolo", "Italian notes"),
            Key("заголовок", "Russian notes"),
        ),
        "dates": (
            Key("date", "all but Astro"),
            Key("published", "Blogger importers, Pandoc"),
            Key("pubDate", "Astro"),
            Key("publishDate", "Hugo"),
            Key("published_at", "Ghost, dev.to, Medium exporters"),
            Key("published_date", "Qiita, Docusaurus themes"),
            Key("date_published", "JSON Feed"),
            Key("pubDatetime", "AstroPaper"),
            Key("isoDate", "rss-parser"),
            Key("published_on", "importers"),
            Key("published_time", "Open Graph exporters"),
            Key("first_published_at", "Medium, Matters"),
            Key("publication_date", "importers"),
            Key("date_of_publication", "importers"),
            Key("post_date", "WordPress importers"),
            Key("post_date_gmt", "WordPress importers"),
            Key("posted", "older blogs"),
            Key("posted_at", "importers"),
            Key("posted_on", "importers"),
            Key("issued", "Dublin Core"),
            Key("发布日期", "Chinese notes"),
            Key("发布时间", "Chinese notes"),
            Key("發布日期", "Chinese notes"),
            Key("發佈日期", "Chinese notes"),
            Key("日期", "Chinese notes"),
            Key("時間", "Chinese notes"),
            Key("时间", "Chinese notes"),
            Key("公開日", "Japanese notes"),
            Key("投稿日", "Japanese notes"),
            Key("날짜", "Korean notes"),
            Key("fecha", "Spanish notes"),
            Key("datum", "German notes"),
            Key("дата", "Russian notes"),
            Key("created", "Obsidian, TiddlyWiki, Zettlr"),
            Key("created_at", "dev.to, Qiita, Notion exporters"),
            Key("created_time", "Notion exporters"),
            Key("date_created", "Obsidian Linter, Notion exporters"),
            Key("creation_date", "Foam, importers"),
            Key("created_on", "importers"),
            Key("创建日期", "Chinese notes"),
            Key("创建时间", "Chinese notes"),
            Key("作成日", "Japanese notes"),
            Key("datetime", "robots"),
            Key("timestamp", "robots"),
        ),
        "updates": (
            Key("updated", "Hexo, Zola, Obsidian"),
            Key("lastmod", "Hugo"),
            Key("last_modified_at", "Jekyll"),
            Key("modified", "Pelican"),
            Key("updated_at", "Ghost, dev.to, Qiita"),
            Key("updated_date", "Astro"),
            Key("date_updated", "Obsidian"),
            Key("date_modified", "JSON Feed, Obsidian Linter"),
            Key("modDatetime", "AstroPaper"),
            Key("modified_at", "importers"),
            Key("modified_date", "importers"),
            Key("modified_time", "jekyll-import from Blogger, Open Graph exporters"),
            Key("last_update", "Docusaurus"),
            Key("last_updated", "Docusaurus, VitePress"),
            Key("last_modified", "Hugo's aliases"),
            Key("last_edited_time", "Notion exporters"),
            Key("edited", "importers"),
            Key("revised", "importers"),
            Key("post_modified", "WordPress importers"),
            Key("更新日期", "Chinese notes"),
            Key("更新时间", "Chinese notes"),
            Key("更新日", "Japanese notes"),
        ),
        "clocks": (  # the time of the day that a date says
            Key("time", "robots, tables"),
            Key("hour", "robots, tables"),
            Key("time_of_day", "robots, tables"),
            Key("时刻", "Chinese notes"),
            Key("時刻", "Japanese notes"),
            Key("시간", "Korean notes"),
            Key("시각", "Korean notes"),
            Key("hora", "Spanish and Portuguese notes"),
            Key("heure", "French notes"),
            Key("uhrzeit", "German notes"),
            Key("orario", "Italian notes"),
            Key("godzina", "Polish notes"),
            Key("tijd", "Dutch notes"),
            Key("tijdstip", "Dutch notes"),
            Key("saat", "Turkish notes"),
            Key("время", "Russian notes"),
            Key("час", "Ukrainian notes"),
            Key("ώρα", "Greek notes"),
            Key("giờ", "Vietnamese notes"),
            Key("waktu", "Indonesian notes"),
            Key("เวลา", "Thai notes"),
            Key("الوقت", "Arabic notes"),
            Key("שעה", "Hebrew notes"),
            Key("समय", "Hindi notes"),
        ),
        "links": (
            Key("link", "robots, link blogs"),
            Key("url", "robots"),
            Key("from", "robots"),
            Key("canonical", "Eleventy, robots"),
            Key("canonical_url", "dev.to, Ghost, Hashnode"),
            Key("source", "robots"),
            Key("permalink", "Jekyll, Hexo"),
            Key("original_url", "importers"),
            Key("original_link", "importers"),
            Key("source_url", "robots, Obsidian clippers"),
            Key("source_link", "robots"),
            Key("link_url", "robots"),
            Key("article_url", "robots"),
            Key("blogger_orig_url", "jekyll-import from Blogger"),
            Key("wordpress_url", "jekyll-import from WordPress"),
            Key("medium_url", "Medium exporters"),
            Key("原文链接", "Chinese robots"),
            Key("链接", "Chinese notes"),
            Key("連結", "Chinese notes"),
        ),
        "citations": (  # whatever names the page that an article is about: never its own
            Key("external_url", "Hugo themes, JSON Feed"),
            Key("external_link", "Hugo themes"),
            Key("redirect", "Zola's and Hugo's link posts"),
            Key("redirect_to", "jekyll-redirect-from"),
        ),
        "permalinks": (Key("path", "Zola"),),  # and what a link that is no address says
        "slugs": (
            Key("slug", "Hugo, Zola, Astro, Docusaurus, Pelican"),
            Key("abbrlink", "hexo-abbrlink"),
            Key("post_name", "WordPress importers"),
        ),
        "aliases": (
            Key("aliases", "Hugo, Zola; in Obsidian they are other names"),
            Key("alias", "jekyll-alias-generator, hexo-generator-alias"),
            Key("redirect_from", "jekyll-redirect-from"),
        ),
        "ids": (
            Key("guid", "importers of feeds"),
            Key("uuid", "robots"),
            Key("blogger_id", "jekyll-import from Blogger"),
            Key("id", "Docusaurus, robots: often the number of a row in a database"),
        ),
        "authors": (
            Key("author", "all"),
            Key("authors", "Hugo, Docusaurus, MkDocs, Pelican"),
            Key("byline", "newspapers, clippers"),
            Key("creator", "Dublin Core, importers"),
            Key("creators", "Dublin Core"),
            Key("by", "newspapers"),
            Key("writer", "importers"),
            Key("作者", "Chinese notes"),
            Key("著者", "Japanese notes"),
            Key("autor", "Spanish, German and Portuguese notes"),
            Key("auteur", "French notes"),
            Key("автор", "Russian notes"),
        ),
        "presenters": (  # of a talk or a podcast: its authors where no key names these; guests are not
            Key("speakers", "sites of meetings"),
            Key("speaker", "sites of meetings"),
            Key("hosts", "podcasts"),
            Key("host", "podcasts"),
            Key("presenters", "sites of meetings"),
            Key("presenter", "sites of meetings"),
            Key("主讲人", "Chinese sites of meetings"),
            Key("主持人", "Chinese podcasts"),
            Key("登壇者", "Japanese sites of meetings"),
        ),
        "categories": (
            Key("categories", "Jekyll, Hexo, Hugo"),
            Key("category", "Pelican, Jekyll"),
            Key("tags", "all"),
            Key("tag", "Jekyll"),
            Key("keywords", "Hugo, Docusaurus"),
            Key("topics", "Zenn"),
            Key("labels", "Blogger importers"),
            Key("subjects", "Dublin Core"),
            Key("标签", "Chinese notes"),
            Key("標籤", "Chinese notes"),
            Key("分类", "Chinese notes"),
            Key("分類", "Chinese notes"),
            Key("タグ", "Japanese notes"),
            Key("etiquetas", "Spanish notes"),
        ),
        "images": (
            Key("headimg", "robots"),
            Key("thumbnail", "Hexo, Hugo themes"),
            Key("cover", "Hexo, Hugo themes, Zenn"),
            Key("image", "Jekyll, Docusaurus"),
            Key("images", "Hugo"),
            Key("featured_image", "Hugo themes"),
            Key("feature_image", "Ghost"),
            Key("cover_image", "dev.to"),
            Key("coverImage", "Next.js, Hashnode"),
            Key("heroImage", "Astro"),
            Key("hero_image", "Eleventy themes"),
            Key("ogImage", "AstroPaper"),
            Key("og_image", "Ghost"),
            Key("banner", "Hexo and Hugo themes"),
            Key("top_img", "Butterfly"),
            Key("index_img", "Fluid"),
            Key("header", "Minimal Mistakes"),
            Key("previewimage", "Nikola"),
            Key("photos", "Hexo"),
        ),
        "summaries": (
            Key("description", "all"),
            Key("excerpt", "Jekyll, Hexo, Ghost"),
            Key("summary", "Hugo, Pelican, Zola"),
            Key("subtitle", "Medium exporters, Hashnode"),
            Key("abstract", "Pandoc, Hugo Blox"),
            Key("摘要", "Chinese notes"),
        ),
        "languages": (
            Key("lang", "Jekyll, Hexo, Pelican"),
            Key("language", "Hexo"),
            Key("locale", "importers"),
            Key("语言", "Chinese notes"),
        ),
    }
)
KEYS: Final = MappingProxyType(
    {
        field: (*keys, *(Key(*more) for more in (*MORE_KEYS.get(field, ()), *NATIVE_KEYS.get(field, ()))))
        for field, keys in _KEYS.items()
    }
)
FOLDED: Final = MappingProxyType({field: tuple(key_name(key.name) for key in keys) for field, keys in KEYS.items()})
"""The same keys as headers are read: each is folded once, as there are a thousand."""


def names_of(field: str) -> tuple[str, ...]:
    """Return the keys that make a statement of a field, strongest first."""
    return tuple(key.name for key in KEYS[field])


AMBIGUOUS_DATE: Final = "data"  # Italian and Polish for a date, and whatever else it holds in English
TITLES: Final = frozenset(FOLDED["titles"])
DATES: Final = frozenset(FOLDED["dates"]) - {AMBIGUOUS_DATE}
SUMMARIES: Final = frozenset(FOLDED["summaries"])
