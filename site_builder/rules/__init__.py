"""What is decided, record by record, under a city's regulation."""
