"""What the pages of `refeed serve` and `refeed publish` share: templates, styles, scripts, articles."""
