"""From what authors write (Markdown, plain text, HTML with shortcodes) to HTML that the steps of cleaning can read.

`convert` leads through all of it. `markdown` reads Markdown, by rules for what stands in `blocks` and `inline`;
`repairs` rewrites it before. `templates` reads expressions and shortcodes. The others:

  the whole             convert detect dialect plain_text plain_words loose_paragraphs line_breaks
  what nobody is shown  comments private_parts exports
  parts of other files  included_parts
  Markdown              markdown first_characters code_spans
  other notations       myst outlines jsx_values
  for several of these  bare_addresses callout_titles double_brackets gaps tex_definitions
"""
