"""The keys of objects and of fields beside a file that hold the text of an article."""

from typing import Final

from refeed.vocabulary.fields import key_name

BODIES: Final = tuple(
    map(
        key_name,
        (
            "content:encoded",  # RSS that is turned into JSON, beside a description called `content`
            "content_html",  # JSON Feed
            "html",  # Ghost
            "body_html",  # dev.to, shops
            "content",  # WordPress, robots
            "article_body",  # schema.org
            "body",  # robots, forges
            "full_text",  # robots
            "text",  # Day One, Telegram, robots
            "body_markdown",  # dev.to
            "content_markdown",  # Hashnode
            "markdown",  # robots
            "content_text",  # JSON Feed
            "plaintext",  # Ghost
            "selftext",  # Reddit
            "rendered_body",  # Qiita, beside the Markdown it was made of
            "message",  # chats
            "post_content",  # WordPress' tables
            *("html_content", "raw_content", "cleaned_text", "main_text", "description_html"),  # robots
            *("正文", "内容", "內容", "文章内容", "文章內容", "本文", "본문", "내용"),
            *("contenido", "cuerpo", "texto", "conteúdo", "corpo", "contenu", "texte", "corps", "contenuto", "testo"),
            *("inhalt", "inhoud", "obsah", "treść", "текст", "содержание", "содержимое", "зміст", "içerik", "metin"),
            *("المحتوى", "النص", "متن", "محتوا", "nội_dung", "isi", "konten", "เนื้อหา"),
        ),
    )
)
"""Folded, the richest first."""

OF_RSS: Final = frozenset({"isodate", "pubdate"})
"""Keys of a feed that is turned into objects: there a description may be the text."""
