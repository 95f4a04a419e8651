"""Lets the tests of this folder write small exports and sites."""

from pathlib import Path
import sys

sys.path.insert(0, str(Path(__file__).parents[1] / "sites"))
