"""What can be asked of the gateway, and the rules that answer it. Knows nothing of servers."""
