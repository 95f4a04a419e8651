"""Lets the tests of this folder write small exports and sites, and start real servers over them."""

from pathlib import Path
import sys

for _folder in ("sites", "browser"):
    sys.path.insert(0, str(Path(__file__).parents[1] / _folder))
