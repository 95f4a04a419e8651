"""The second pass: the web root of a decided export, page by page and file by file."""
