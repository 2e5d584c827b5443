"""Read headers: where one lies in its file, in which notation it is, and its keys and values as texts.

`notations` asks the readers of front matter in turn, those of the package `yaml` first. `fields` reads other headers,
`damaged` those that lost a character.

  where it lies            fences lines_above rule_above
  front matter             notations toml json key_value_lines exported_object withheld_exports
  below a heading          properties
  what it states           statements
  what it says of a body   line_breaks run_code
"""
