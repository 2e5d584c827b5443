"""What can be wrong with a feed: one table of rules. A code that is not here cannot be used."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from refeed.problems import Severity
from refeed.startup.named_tuple import NamedTuple

_E: Final = Severity.ERROR  # the feed breaks its specification, or is not safe
_W: Final = Severity.WARNING  # the specification advises against it, or readers stumble
_N: Final = Severity.NOTICE  # it could be better


class Rule(NamedTuple):
    """One rule: how much it costs to break it, where it is written, and what to do."""

    severity: Severity
    source: str  # the specification and its section
    meaning: str
    cure: str


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "archive-chain": Rule(
            _E,
            "RFC 5005, 4",
            "the documents of an archive do not lead from one to the next and back",
            "let prev-archive and next-archive of neighbours name each other, and give every document to validate",
        ),
        "archive-links": Rule(
            _W,
            "RFC 5005, 2 to 4",
            "a document says of itself what its links do not fit",
            "give archive documents fh:archive and a link rel=current; next-archive is for them alone",
        ),
        "bad-address": Rule(
            _E, "RFC 3987, 2.2", "an address holds what no address may", "percent-encode the characters"
        ),
        "bad-cloud": Rule(
            _E,
            "RSS 2.0, cloud",
            "a cloud does not say how to ask it for messages",
            "give domain, port, path, registerProcedure and protocol (xml-rpc, soap, http-post), or remove it",
        ),
        "bad-date": Rule(
            _E,
            "RFC 4287, 3.3; RSS 2.0; JSON Feed 1.1",
            "a date is not one, or not written as its format wants it",
            "write 2020-05-01T08:00:00Z in Atom and JSON Feed, Fri, 01 May 2020 08:00:00 GMT in RSS",
        ),
        "bad-id": Rule(
            _E, "RFC 4287, 4.2.6", "an id is not an absolute address", "use a urn:uuid: or the article's own address"
        ),
        "bad-image-size": Rule(
            _E,
            "RSS 2.0, image",
            "the picture of a channel has a width or height that is not allowed",
            "give at most 144 by 400, or leave both out",
        ),
        "bad-language": Rule(_E, "BCP 47", "a language is not a language tag", "write en, en-GB or zh-Hans"),
        "bad-length": Rule(
            _E,
            "RSS 2.0, enclosure; RFC 4287, 4.2.7.6",
            "a length is not a number of bytes",
            "give the size, or 0 in RSS",
        ),
        "bad-media-type": Rule(
            _E, "RFC 6838, 4.2", "a type is not a media type", "write type/subtype, such as audio/mpeg"
        ),
        "bad-person": Rule(
            _W,
            "RSS 2.0, author; RFC 4287, 3.2.3",
            "what should be a mail address is not one",
            "in RSS put names without one into dc:creator; in Atom leave email out",
        ),
        "bad-schedule": Rule(
            _E,
            "RSS 2.0, skipHours, skipDays and ttl",
            "an hour, a day or a number of minutes is not valid, or stands twice",
            "write hours from 0 to 23, days from Monday to Sunday, and whole minutes",
        ),
        "bad-value": Rule(_E, "JSON Feed 1.1", "a value is of another kind, or empty", "give what the key asks for"),
        "dangerous-address": Rule(
            _E,
            "RFC 4287, 8.1",
            "an address runs a program in the reader",
            "remove javascript:, vbscript: and data: documents",
        ),
        "description-after-content": Rule(
            _W,
            "RSS Best Practices",
            "readers that keep the last of two texts show the summary",
            "put description before content:encoded",
        ),
        "duplicate-id": Rule(
            _E, "RFC 4287, 4.1.1", "several entries have one id: readers show one of them", "give each its own id"
        ),
        "escaped-twice": Rule(
            _W, "RFC 4287, 3.1.1", "people will read references such as &amp; in it", "escape the text once less"
        ),
        "event-handler": Rule(
            _E, "RFC 4287, 8.1", "an attribute holds a program", "remove onclick, onload and their like"
        ),
        "form": Rule(_W, "W3C feed validator", "readers drop forms and their fields", "link to the page instead"),
        "frame": Rule(
            _W, "W3C feed validator", "many readers drop frames, objects and embeds", "add a link to what they show"
        ),
        "guid-no-permalink": Rule(
            _E,
            "RSS 2.0, guid",
            "a guid says that it is the item's address, but is not one",
            'add isPermaLink="false" to it',
        ),
        "html-in-title": Rule(
            _W,
            "RSS Best Practices, title",
            "many readers show the tags of a title as they stand there",
            "write the title without tags",
        ),
        "image-differs": Rule(
            _W,
            "RSS 2.0, image",
            "the image's title and link are not those of the channel",
            "repeat the title and the link of the channel",
        ),
        "markup-in-text": Rule(
            _E, "RFC 4287, 3.1.1", "an element of text holds elements", 'escape them, or say type="xhtml"'
        ),
        "missing-content": Rule(
            _E,
            "RFC 4287, 4.1.2; RSS 2.0, item; JSON Feed 1.1",
            "an entry has nothing to show",
            "give it content, or a link in Atom, or a title or description in RSS",
        ),
        "missing-element": Rule(
            _E, "RFC 4287, 4; RSS 2.0; JSON Feed 1.1", "a required element or key is missing", "add it"
        ),
        "no-guid": Rule(
            _W, "RSS 2.0, guid", "readers take the link for the id, and show an edited one as new", "add a guid"
        ),
        "no-self-link": Rule(
            _N,
            "RFC 4287, 4.1.1; RSS Best Practices; JSON Feed 1.1",
            "the feed does not say where it is",
            "add a link rel=self (refeed: --base-url), or feed_url in JSON Feed",
        ),
        "not-a-feed": Rule(_E, "", "it is not Atom, RSS 2.0 or JSON Feed", "give validate a feed"),
        "not-well-formed": Rule(_E, "XML 1.0; RFC 8259", "it cannot be parsed", "have a library write the document"),
        "relative-link": Rule(
            _W,
            "RFC 4287, 4.2.7.1; RSS 2.0",
            "a relative address leads nowhere in most readers: they ignore xml:base",
            "write whole addresses, with https://",
        ),
        "repeated-element": Rule(_E, "RFC 4287, 4; RSS 2.0", "something stands twice that may stand once", "keep one"),
        "script": Rule(_E, "RFC 4287, 8.1", "the content holds a program", "remove script elements"),
        "self-link": Rule(
            _W,
            "RFC 4287, 4.2.7; RSS Best Practices",
            "the link rel=self does not have the type of the feed",
            "say application/atom+xml or application/rss+xml",
        ),
        "several-alternates": Rule(
            _E,
            "RFC 4287, 4.1.1 and 4.1.2",
            "several links rel=alternate are of one type and language",
            "keep one of them",
        ),
        "source-without-title": Rule(
            _W, "RFC 4287, 4.2.11", "the source of an entry has no title", "repeat the title of its feed"
        ),
        "style": Rule(_N, "W3C feed validator", "readers drop styles, or let them break the page", "remove them"),
        "text-input": Rule(
            _W, "W3C feed validator", "no reader shows the form of a channel", "link to a page with the form instead"
        ),
        "tombstone": Rule(
            _E,
            "RFC 6721, 3 and 4",
            "a deleted entry does not say which or when, or is still in the feed",
            "give deleted-entry a ref and a when, and leave the entry out",
        ),
        "undefined-element": Rule(
            _E,
            "RFC 4287, 6; RSS 2.0; JSON Feed 1.1",
            "the format knows no such element here",
            "use another namespace, or a key that begins with _",
        ),
        "updated-before-published": Rule(
            _W, "RFC 4287, 4.2.15", "an entry was updated before it was published", "make updated the later date"
        ),
        "wrong-namespace": Rule(
            _E, "Namespaces in XML 1.0", "readers know the namespace by another address", "write it as it is defined"
        ),
        "wrong-version": Rule(
            _E, "RSS 2.0; JSON Feed 1.1", "the rules are for another version", "say which version it is"
        ),
    }
)
