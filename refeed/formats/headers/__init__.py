"""Read headers: where one lies in its file, in which notation it is, and its keys and values as texts.

`notations` asks the readers of front matter in turn, `field_headers` those of other headers:

  where it lies            fences lines_above
  what comes out           statements
  YAML                     strict_yaml yaml yaml_values anchored
  other front matter       notations toml json key_value_lines exported_object withheld_exports
  other headers            field_headers field_lines asciidoc_header edn_header flat_files franklin_header jbake_header
                           org_header page_heads
  none                     properties
  bent and damaged         recovery straighten damaged_fences damaged_keys damaged_objects
  what they say of a body  line_breaks run_code
"""
