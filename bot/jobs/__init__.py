"""What other processes and chats want the running bot to do: jobs on a table, and those who do them."""
