"""Read archives where they lie: zip, tar, gzip and its like, WARC. Nothing is extracted, nothing leads out of them."""
