"""The steps that bring the tables of an older gateway up to date. One step a file, never changed once released."""
