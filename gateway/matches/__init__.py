"""The match graph: what searches led to and what was chosen, recorded beside answering and counted at intervals."""
