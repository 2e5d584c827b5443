"""Find and read files: which of them may hold dumps, and what their bytes are as text.

The package `archives` opens what is packed, `remote` what lies at an address, and `companions` reads the files beside a
post that say more of it.

  find                 discover walk ignored leftovers leftover_names odd_files page_bundles parent_folders
  open                 place address source_files confined prefetch read
  decode               encoding charsets declared_encoding damaged_utf8 seven_bit two_encodings recode
  what is no article   file_types parts_of_exports
  files that belong    two_files other_files
"""
