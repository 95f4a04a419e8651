"""site_builder: an approved public export of credit data becomes a static disclosure site."""
