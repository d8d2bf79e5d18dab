"""The catalogue: its format, reading it into the database, writing it out again, and what makes a line wrong."""
