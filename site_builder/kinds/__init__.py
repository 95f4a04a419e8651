"""The kinds of record, a folder each: ``record`` (what the export says), ``rules``, ``shown`` (what is seen).

The registries beside the folders name them, one line a kind: ``record.RECORDED``, ``rules.ruled``, ``shown.SHOWN``. The
three modules of a folder stand in three layers: what is shown cannot name what an export says.
"""
