"""How the page of `refeed inspect --html` looks: light and dark, wide and on a phone."""

from pathlib import Path
from typing import Final

# What shows a record; the pages of `refeed serve` have it, too.
SHARED: Final = Path(__file__).with_name("static") / "record.css"

_OWN: Final = """\
body { font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; margin: 0; }
main { margin: 0 auto; max-width: 1500px; padding: 1rem clamp(.75rem, 2vw, 2rem) 4rem; }
main > header p, .place { color: var(--quiet); }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
nav ol { columns: 22rem; column-gap: 2rem; padding-left: 2.5rem; }
nav li { break-inside: avoid; line-break: strict; overflow-wrap: anywhere; }
.record { border-top: 2px solid var(--line); margin-top: 2.5rem; padding-top: .5rem; }
.record > h2 { font-size: 1.4rem; margin: .8rem 0 .2rem; }
.record h3 { color: var(--quiet); font-size: .95rem; margin: 1.5rem 0 .4rem; }
.place { font-size: .9rem; margin: 0; }
.sides { display: grid; gap: 0 1.5rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.side { min-width: 0; }
.side h3 { margin-top: 1rem; }
@media (max-width: 760px) { .sides { grid-template-columns: minmax(0, 1fr); } }
"""


def style() -> str:
    """Return the page's style sheet: what it shares with the pages of `refeed serve`, and its own."""
    return SHARED.read_text(encoding="utf-8") + _OWN
