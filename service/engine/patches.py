"""What we hold of SpiffWorkflow, in one place: the version our contract tests were run against.

We change none of its code. Where its behaviour does not suit us, ``specs.DrawnSpec`` overrides a method of its own class.
"""

from importlib.metadata import version

SPIFFWORKFLOW = "3.2.0"


def check_version() -> None:
    """Refuse to start on another SpiffWorkflow: its internals change between minor versions without notice."""
    found = version("SpiffWorkflow")
    if found != SPIFFWORKFLOW:
        raise RuntimeError(f"OneSeal needs SpiffWorkflow {SPIFFWORKFLOW}, found {found}")
