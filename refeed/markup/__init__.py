"""From what authors write (Markdown, plain text, HTML with shortcodes) to HTML that the steps of cleaning can read.

`convert` leads through all of it. The others by what they read:

  the whole             convert detect dialect plain_text plain_words loose_paragraphs line_breaks
  what nobody is shown  comments private_parts exports mdx run_code
  parts of other files  included_parts
  Markdown              markdown quick_markdown_it first_characters rewriting repairs
  paragraphs, headings  line_blocks underlined_headings table_of_contents
  lists                 list_items lettered_lists task_lists outlines
  tables                table_heads table_cells simple_tables grid_tables
  callouts, tabs        callouts fenced_callouts callout_titles content_tabs block_titles
  code                  code_spans code_titles indented_code unclosed_code raw_blocks myst
  formulas              tex tex_definitions quoted_formulas
  HTML                  html_blocks inline_elements markdown_in_html marks_in_elements unclosed_elements jsx_values gaps
  links and pictures    wikilinks double_brackets bare_addresses address_repairs picture_addresses undefined_pictures
  words                 flanking highlights abbreviations emoji_names dashes attribute_lists
"""
