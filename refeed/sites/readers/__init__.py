"""Read the settings of each generator of sites: a module for each, or for those whose settings are alike."""
