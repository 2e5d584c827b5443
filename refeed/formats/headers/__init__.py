"""Read headers: where one lies in its file, in which notation it is, and its keys and values as texts.

`notations` asks the readers of front matter in turn, `field_headers` those of other headers:

  where it lies            fences lines_above
  what comes out           fields
  YAML                     strict_yaml yaml yaml_values anchored
  other front matter       notations toml json key_value_lines exported_object withheld_exports
  other headers            field_headers field_lines asciidoc_header edn_header flat_files franklin_header jbake_header
                           org_header page_heads
  none                     headed_notes lines_above_title rule_above properties medium_footer
  bent and damaged         recovery straighten typography damaged_fences damaged_keys damaged_objects
  what they say of a body  line_breaks run_code
"""
