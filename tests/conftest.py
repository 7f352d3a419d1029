"""What holds for the whole run."""

import signal


def pytest_configure() -> None:
    # A shell that starts a run in the background has it ignore Ctrl-C, and so would every process
    # that the tests start; those that send one would wait for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)
