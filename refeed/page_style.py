"""How the page of `refeed inspect --html` looks: light and dark, wide and on a phone."""

from typing import Final

STYLE: Final = """\
:root {
  color-scheme: light dark;
  --text: #1d1d1f; --quiet: #63656a; --page: #f4f4f2; --paper: #fff; --line: #d9d9d6;
  --link: #0b57a8; --gone: #a1260d; --gone-back: #fdeceb; --kept: #1e7a3c; --doubt: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6e6e3; --quiet: #a0a29f; --page: #161717; --paper: #202122; --line: #3a3b3c;
    --link: #8cb8f0; --gone: #ff9d8c; --gone-back: #3d2320; --kept: #7fd19b; --doubt: #e8bd62;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { font: 16px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; margin: 0; }
main { margin: 0 auto; max-width: 1500px; padding: 1rem clamp(.75rem, 2vw, 2rem) 4rem; }
main > header p, .place { color: var(--quiet); }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
a { color: var(--link); }
del { background: var(--gone-back); color: var(--gone); text-decoration-thickness: 1px; }
samp, code, pre { font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .85em; }
small { color: var(--quiet); font-size: .85em; }
nav ol { columns: 22rem; column-gap: 2rem; padding-left: 2.5rem; }
nav li { break-inside: avoid; }
.record { border-top: 2px solid var(--line); margin-top: 2.5rem; padding-top: .5rem; }
.record, nav li { line-break: strict; overflow-wrap: anywhere; }
.record > h2 { font-size: 1.4rem; margin: .8rem 0 .2rem; }
.record h3 { color: var(--quiet); font-size: .95rem; margin: 1.5rem 0 .4rem; }
.place { font-size: .9rem; margin: 0; }
.problems { font-size: .9rem; list-style: none; margin: .6rem 0; padding: 0; }
.problems .error b { color: var(--gone); }
.problems .warning b { color: var(--doubt); }
.sides { display: grid; gap: 0 1.5rem; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.side { min-width: 0; }
.side h3 { margin-top: 1rem; }
.body { background: var(--paper); border: 1px solid var(--line); border-top: 3px solid var(--gone); border-radius: 4px;
  overflow-x: auto; padding: .5rem 1.1rem; }
.body.after { border-top-color: var(--kept); }
.body:empty::before { color: var(--quiet); content: "nothing"; }
.body :is(h1, h2, h3, h4, h5, h6) { color: inherit; font-size: 1.1rem; margin: 1.1em 0 .4em; }
.body :is(img, video) { height: auto; max-width: 100%; }
.body img { background: var(--page); min-height: 1em; }
.body figure { margin: 1em 0; }
.body figcaption { color: var(--quiet); font-size: .85em; }
.body blockquote { border-left: 3px solid var(--line); margin-left: 0; padding-left: 1em; }
.body pre { overflow-x: auto; }
.body table { display: block; overflow-x: auto; }
.before samp { background: var(--page); border: 1px dashed var(--line); border-radius: 3px; color: var(--quiet);
  padding: 0 .3em; }
.before del samp { color: inherit; }
details { margin-top: .6rem; }
summary { color: var(--quiet); cursor: pointer; font-size: .9rem; }
details > pre { background: var(--paper); border: 1px solid var(--line); max-height: 24rem; overflow: auto;
  padding: .7rem; white-space: pre-wrap; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .3rem .7rem .3rem 0; text-align: left; vertical-align: top; }
thead th { border: 0; color: var(--quiet); font-weight: normal; white-space: nowrap; }
th[scope="row"] { font-weight: 600; min-width: 7rem; overflow-wrap: normal; }
.steps th[scope] { width: 14rem; }
.steps td:first-of-type { width: 5.5rem; }
.fields td:last-child { color: var(--quiet); min-width: 9rem; }
td ul { margin: .2rem 0; padding-left: 1.1rem; }
@media (max-width: 760px) {
  .sides { grid-template-columns: minmax(0, 1fr); }
  .body { padding: 0 .8rem; }
  .fields, .fields tbody, .fields tr, .fields th, .fields td { display: block; padding-left: 0; }
  .fields thead { display: none; }
  .steps th[scope] { width: 7rem; }
  .fields tr { border-top: 1px solid var(--line); padding: .35rem 0; }
  .fields th, .fields td { border: 0; padding: 0; }
}
"""
