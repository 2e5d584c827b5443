"""Turn the body of a dump into HTML that is safe to publish, and into plain text.

`body` has the steps in their order, `types` what goes in and comes out. The others by what they look at:

  the page around       page_frame invisible noscript named_boilerplate worded_boilerplate share_buttons reader_comments
  tables for that       boilerplate_names boilerplate_wordings
  what the user says    user_rules
  the header, repeated  repeated_header
  pictures              images image_sources other_pictures lead_image header_gallery lost_pictures captions emoji
                        icon_marks
  players               embeds embed_sources marked_embeds sound_and_video enclosures drawn_by_scripts
  code                  code code_boxes code_editors line_numbers
  formulas              formulas formula_sources formula_text formula_marks katex_text
  links                 links site_addresses heading_anchors tables_of_contents
  looks                 styles direction tables task_lists margin_notes
  the rest of an entry  summary stubs losses
"""

import refeed.html  # noqa: F401  before bs4, whose import it makes cheaper
