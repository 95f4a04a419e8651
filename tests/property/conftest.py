"""The profile ``laws`` tries each law 10,000 times."""

from hypothesis import HealthCheck, settings

settings.register_profile("laws", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
