"""For every test: no model hub, no network beyond this machine, threads that sleep while they wait, and no chance.

The examples of a property are the same in every run, and may take their time on a slow machine.
"""

import os

from hypothesis import HealthCheck, settings

from bot.cli import let_idle_threads_sleep

os.environ["HF_HUB_OFFLINE"] = "1"
let_idle_threads_sleep()
settings.register_profile("suite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")
