"""How the site is served: what a server sends with each file, and the files that set up a server and its timer."""
