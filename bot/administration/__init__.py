"""What the bot's administrators see in the chat: how the bot does, what was asked, what people thought."""
