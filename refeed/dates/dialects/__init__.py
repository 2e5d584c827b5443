"""One module for each way in which people and programs write dates; `load_dialects` of `refeed.dates` finds them."""
