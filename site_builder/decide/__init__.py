"""The first pass: what each record of an export is, whether it may be published, and what is owed or warned of."""
