"""Lets the tests of this folder write small exports and sites; the profile ``laws`` tries each law 10,000 times."""

from pathlib import Path
import sys

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "sites"))

settings.register_profile("laws", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
