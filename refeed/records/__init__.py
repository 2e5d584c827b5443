"""From a file to its records, from a record to what it means, and from many records to a selection.

Nothing here looks at the body of an article but for a dateline at its beginning. `reader` reads a file, `normalise`
decides what a record means, with the packages `fields`, `publication`, `identity` and `addresses`, and `selection`
takes the rows.

  read      reader context
  quickly   quick quick_facts plain_headers header_plans
  decide    normalise date_evidence last_resort untitled entry_language
  filter    filters facets facet_filter
  rows      rows scan_result
"""
