"""From what authors write (Markdown, plain text, HTML with shortcodes) to HTML that the steps of cleaning can read."""
