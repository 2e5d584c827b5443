"""What no generator shows of a text reaches no feed, and what stands around it does."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from refeed.options import Options
from refeed.pipeline.build import build

NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
AROUND: Final = "The water rose over the quay and into the streets, and nobody had seen the like of it before.\n\n"
HEADERS: Final = {
    "md": "---\ntitle: Tide\ndate: 2025-03-04\n---\n\n",
    "mdx": "---\ntitle: Tide\ndate: 2025-03-04\n---\n\n",
    "org": "#+TITLE: Tide\n#+DATE: 2025-03-04\n\n",
    "adoc": "= Tide\n:revdate: 2025-03-04\n\n",
    "rst": "Tide\n====\n\n:date: 2025-03-04\n\n",
}
# SECRET is never shown; SHOWN always is.
TEXTS: Final = (
    # Liquid: a branch that never holds ends where the next begins, and one that always holds has no other.
    ("md", "{% if false %}\n\nSECRET\n\n{% else %}\n\nSHOWN\n\n{% endif %}"),
    ("md", "{% if true %}\n\nSHOWN\n\n{% else %}\n\nSECRET\n\n{% endif %}\n\nSHOWN"),
    ("md", "{% if false %}\n{% if x %}SECRET{% else %}SECRET{% endif %}\nSECRET\n{% endif %}\n\nSHOWN"),
    ("md", "{% if false %}\nSECRET\n{% elsif x %}\nSHOWN\n{% else %}\nSHOWN\n{% endif %}"),
    ("md", "{% if true %}SHOWN{% elsif x %}SECRET{% else %}SECRET{% endif %} SHOWN"),
    ("md", "{% if x %}\nSHOWN\n{% else %}\nSHOWN\n{% endif %}"),
    ("md", "`{% endif %}`\n\n{% if false %}\nSECRET `{% endif %}` SECRET\n{% endif %}\nSHOWN"),
    ("md", "{% unless true %}\nSECRET\n{% endunless %}\nSHOWN"),
    ("md", "{% if nil %}SECRET{% endif %} {% if 1 == 2 %}SECRET{% endif %} {% if 2 == 2 %}SHOWN{% endif %}"),
    # Conditions on who reads it: nobody whom the site knows.
    ("md", "{% if subscriber.subscriber_type == 'premium' %}SECRET{% endif %} SHOWN"),
    ("md", "{% if user %}SECRET{% else %}SHOWN{% endif %}"),
    ("md", "{% unless member %}SHOWN{% else %}SECRET{% endunless %} SHOWN"),
    (
        "md",
        "{% if user == nil %}SHOWN{% endif %} {% if users %}SHOWN{% endif %} {% if medium == 'web' %}SHOWN{% endif %}",
    ),
    ("md", "{% if medium == 'email' %}SECRET{% endif %} SHOWN"),
    ("md", "{{#if @member.paid}}SECRET{{/if}} SHOWN"),
    ("md", '{{#has visibility="paid"}}SECRET{{/has}} {{#has visibility="public"}}SHOWN{{/has}}'),
    ("md", '<p>SHOWN</p>\n\n<div class="paywall-jump" data-component-name="PaywallToDOM"></div>\n\n<p>SECRET</p>'),
    # Each branch by its own condition: a later one may be for readers, and behind one for everybody none is shown.
    ("md", "{% if page.x %}SHOWN{% elsif user %}SECRET{% else %}SHOWN{% endif %} SHOWN"),
    ("md", "{% if user == nil %}SHOWN{% elsif x %}SECRET{% else %}SECRET{% endif %} SHOWN"),
    ("md", "{% if page.x and user %}SECRET{% endif %} {% if page.x or user %}SHOWN{% endif %}"),
    ("md", "{% if loggedIn %}SECRET{% endif %} {% if medium != 'web' %}SECRET{% else %}SHOWN{% endif %}"),
    ("md", "{% case user.plan %}{% when 'paid' %}SECRET{% when nil %}SHOWN{% else %}SECRET{% endcase %} SHOWN"),
    ("md", "{% case page.kind %}{% when 'a', 'b' %}SHOWN{% else %}SHOWN{% endcase %} SHOWN"),
    ("md", "{% if user.plan != 'paid' %}SHOWN{% endif %} {% unless page.draft %}SHOWN{% else %}SECRET{% endunless %}"),
    ("md", "{% if user %}SECRET{% for a in b %}SECRET{% endif %} SHOWN"),
    ("md", "{{#if @member.paid}}SECRET{{else}}SHOWN{{/if}} {{#unless @member}}SHOWN{{else}}SECRET{{/unless}} SHOWN"),
    ("md", "{{#has visibility='paid'}}SECRET{{else}}SHOWN{{/has}} {{#foreach posts}}SHOWN{{else}}SHOWN{{/foreach}}"),
    ("md", "{{#if @member}}{{#foreach x}}SECRET{{else}}SECRET{{/foreach}}{{else if x}}SHOWN{{/if}}"),
    ("md", "{{ if .Draft }}SECRET{{ range .x }}SECRET{{ end }}SECRET{{ else }}SHOWN{{ end }} SHOWN"),
    # The variable of a loop, or one that the text sets, is no reader; behind the loop it is one again.
    ("md", "{% for user in team %}{% if user.photo %}SHOWN{% endif %}{% endfor %} {% if user %}SECRET{% endif %}"),
    ("md", "{% assign user = site.data.cook %}{% if user %}SHOWN{% endif %}"),
    ("md", "{% assign user = current_user %}{% if user %}SECRET{% endif %} SHOWN"),
    # Comments of Go's templates, Nunjucks and ERB.
    ("md", "{{- /* SECRET\n\nSECRET */ -}}\n\nSHOWN"),
    ("md", "SHOWN {#SECRET#} SHOWN"),
    ("md", "## SHOWN {#tide}\n\nSHOWN"),
    ("md", "The hull is {#fff#} SHOWN and {#SHOWN .tide#}"),
    ("md", "<% # SECRET %> SHOWN"),
    # JSX, up to the brace that belongs to it.
    ("mdx", "{false && (\n\n<div>SECRET</div>\n\n)}\n\nSHOWN"),
    ("mdx", "{ null && <b style={{x: 1}}>SECRET</b> } SHOWN"),
    ("mdx", "`{false && SHOWN}`"),
    # Vue and Alpine take these out of the page; of others nobody knows.
    ("md", '<div v-if="false">\n\nSECRET\n\n</div>\n\nSHOWN'),
    ("md", "<p x-show='false'>SECRET</p>\n\nSHOWN"),
    ("md", "<p x-show='open'>SHOWN</p>"),
    ("md", "<SubscribersOnly>\n\nSECRET\n\n</SubscribersOnly>\n\nSHOWN"),
    ("md", "<PaidOnly>SECRET</PaidOnly> SHOWN"),
    ("md", "<en-crypt hint='pier'>SECRET</en-crypt> SHOWN"),
    # Org: settings count wherever they stand; clocks are exported by nobody; a block for some.
    ("org", "#+EXCLUDE_TAGS: berth\n\n* Fog\nSHOWN\n* Mole :berth:\nSECRET\n* Pier\nSHOWN"),
    ("org", "* Fog\nCLOCK: [2025-03-04 Tue 10:00]--[2025-03-04 Tue 11:00] =>  SECRET\nSHOWN"),
    ("org", "SHOWN\n#+begin_private\nSECRET\n#+end_private\nSHOWN"),
    # AsciiDoc: of two words anybody can tell.
    ("adoc", "ifeval::[1 == 2]\nSECRET\nendif::[]\n\nSHOWN"),
    ("adoc", 'ifeval::["{backend}" == "html5"]\nSHOWN\nendif::[]'),
    ("adoc", 'ifeval::["a" != "b"]\nSHOWN\nendif::[]'),
    ("rst", ".. comment::\n\n   SECRET\n\nSHOWN"),
    ("rst", ".. container:: private\n\n   SECRET\n\nSHOWN"),
    ("rst", ".. container:: wide\n\n   SHOWN\n\nSHOWN"),
)


@pytest.mark.parametrize(("ending", "text"), TEXTS)
def test_what_is_never_shown_stays_in(ending: str, text: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{ending}").write_text(HEADERS[ending] + AROUND + text + "\n")
    feed = build(Options(paths=(str(tmp_path),), workers=1), NOW).feed
    assert b"SECRET" not in feed
    assert feed.count(b"SHOWN") >= text.count("SHOWN")
