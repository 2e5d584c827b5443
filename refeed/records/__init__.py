"""From a file to its records, from a record to what it means, and from many records to a selection.

Nothing here looks at the body of an article but for a dateline at its beginning. The modules in the order of a build:

  read                 reader context
  quickly              quick plain_headers header_plans
  decide               normalise fields names languages enclosures words_in_line entry_language
  dates                date_evidence vague_times last_resort
  publication          publication draft_marks draft_words unpublished_places post_templates
                       time_problems
  identity, addresses  untitled own_address post_address shared_addresses other_spellings
  filter               filters facets facet_filter
  rows                 rows scan_result
  fold                 fold folded_articles folded_part packed_copies far_bytes
  select               select article article_order merged_parts
"""
