"""Convert bodies in other markup to Markdown or HTML.

`body_markup` tells in which markup a body is, and `light_markup` knows what converts the common ones.

  reStructuredText     rst rst_directives rst_tables rst_words
  Org, AsciiDoc        org org_words asciidoc asciidoc_tables asciidoc_words
  of one system        erb franklin kirby_text lektor_flow movable_type_text tiddly_text bbcode
  others               gemtext pod
  for several          markdown_lines private_sections
"""
