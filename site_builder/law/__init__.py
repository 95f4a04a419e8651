"""The law as data: what a city's folder says, read into the rules the program asks. It names no city."""
