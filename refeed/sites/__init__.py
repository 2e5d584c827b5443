"""The sites around the files: what the configuration of their generators says, and the addresses of their posts.

`find` finds the sites of a run and has `read` read each, with the packages `notations`, `readers` and `kept_back`.

  which site it is      find settings read generator generators config_yml listing
  what it says          facts authors custom_domain dashes line_breaks
  addresses of posts    links post permalink_patterns eleventy_permalinks astro_routes slugs latin
  other files of it     files references page_bundles
  what posts show       values_in_posts
"""
