"""From articles to answers: search, reading, aggregation. Knows nothing of Telegram.

asking/       from what a person typed to the question that was meant, also after another one
dates/        the dates that texts tell and that questions ask for
summaries/    articles told in a few of their own sentences
evaluation/   how good readers, answers and summaries are
training/     how the bundled reader and the confidence were made
"""
