"""Documents, and what draws them: on a terminal, as Markdown, as a page. Nothing here knows what a decision is."""
