"""The words of the site: Markdown pages, laws and citations."""
