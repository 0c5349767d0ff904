"""What a check says when something does not hold."""

# Seconds that anything may take before it counts as stuck; the guest is slow.
PATIENCE = 60


class Failed(Exception):
    """A check that did not hold."""


def expect(condition, message):
    if not condition:
        raise Failed(message)
