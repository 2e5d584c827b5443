"""Build a feed: the order of the stages, the two passes, the workers that share them, and where the feed goes.

`build` leads through all of it. The others by their part in it:

  around the passes   build_context build_report problem_log feed_metadata rule_use sites work_trees chosen_records
                      entry_maker
  second pass         second_pass limit_and_span entries_ahead kinds_of_files read_ahead made_entries
  failures            guard
"""
