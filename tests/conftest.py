"""For every test: no model hub, and no network beyond this machine."""

import os

os.environ["HF_HUB_OFFLINE"] = "1"
