"""Articles told in a few of their own sentences: by article, by topic, as stories and as a timeline."""
