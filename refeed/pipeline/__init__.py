"""Build a feed: the order of the stages, the two passes, the workers that share them, and where the feed goes.

`build` leads through all of it, with the packages `first_pass` and `second_pass`. Both hand their work to `workers`,
which make `entries`; `linked` finds the other posts and files that bodies name. `output` is where a feed goes.

  of a build          build_context build_report problem_log feed_metadata rule_use guard
  what lies around    sites work_trees
  without a build     chosen_records entry_maker
"""
