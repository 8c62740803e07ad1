"""For every test: no model hub, no network beyond this machine, and threads that sleep while they wait."""

import os

from bot.settings import let_idle_threads_sleep

os.environ["HF_HUB_OFFLINE"] = "1"
let_idle_threads_sleep()
