"""The gate before every switch: reads a finished web root's bytes and says what is wrong with them.

Written apart from rendering: it knows addresses (``pages.urls``) and columns (``outputs.columns``), no page and no
template. No message holds a value that is not public. As one list:

What is looked for: ``staged`` (what is published and what is not), ``values`` (which values may not leave),
``patterns`` (finding many at once), ``forbidden`` (those that published text does not hold itself), ``numbers``
(personal numbers), ``private_pages`` (what may not be told of a person).

What is read: ``jobs`` and ``reading`` (every file once), ``decode``, ``typed`` and ``pdf`` (containers), ``unfold``
(writings within texts), ``apart`` (what a format puts between values), ``search`` (one text asked for all of it). Less
of it: ``pieces`` (records' pages as a frame and values), ``known`` (lines met before), ``shared`` (files of the last
release, and the program's own), ``context`` (what the jobs share).

What else is asked: ``links``, ``expiry``, ``record_pages`` (a page says its record), ``rows``, ``vouched``,
``downloads``, ``tables`` and ``json_rows`` (the downloads do), ``described`` (so does what tells of them),
``following`` (so does what a copy follows the site by), ``feeds`` (so do these), ``held`` (all that is known to the
byte), ``indexes`` (so does the search), ``file_list``, ``signed``.

What is told: ``whole`` (all jobs together), ``accounting`` (what only the whole tells), ``gate`` (the findings).
"""
