"""The gate before every switch: reads a finished web root's bytes and says what is wrong with them.

Written apart from rendering: it knows addresses (``pages.urls``) and columns (``outputs.columns``), no page and no
template. No message holds a value that is not public.
"""
