"""What a test does about something this machine lacks."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip for want of something on this machine; fail in CI, where nothing may be wanting."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}. With CI set this is a failure.", pytrace=False)
    pytest.skip(what)
