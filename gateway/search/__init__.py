"""Search: what a text means, which artifacts it finds, and how what is found is put in order."""
