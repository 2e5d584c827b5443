"""What the pages of `refeed serve` and `refeed publish` have in common: templates, style, scripts, articles."""
