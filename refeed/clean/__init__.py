"""Turn the body of a dump into HTML that is safe to publish, and into plain text.

`body` has the steps in their order, `types` what goes in and comes out. What looks at one subject is a package:
`boilerplate`, `pictures`, `players`, `code` and `formulas`. The others:

  what the user says    user_rules
  what is not shown     invisible
  links                 links site_addresses heading_anchors
  looks                 styles direction tables margin_notes yes_or_no
  the rest of an entry  summary stubs losses
"""

import refeed.html  # noqa: F401  before bs4, whose import it makes cheaper
