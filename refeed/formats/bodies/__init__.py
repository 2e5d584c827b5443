"""Convert bodies in other markup to Markdown or HTML."""
