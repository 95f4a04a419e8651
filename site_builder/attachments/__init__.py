"""Files the office puts beside its announcements: read to the end, and written anew without what is not to be seen."""
