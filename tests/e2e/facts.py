"""What the articles say, and how it is recognised however it is put."""

import re

MEETING = "when is the meeting?"
THE_DAY = re.compile(r"Feb(?:ruary|\.) 4|4 February")
OUTLETS = re.compile("Meridian Wire|Capitol Ledger|Eastgate Herald")

BRIDGE = "When will the St. Orla Bridge reopen?"
THE_REOPENING = re.compile("June 2|May 19")

NOT_TOLD = "what is the capital of peru?"
