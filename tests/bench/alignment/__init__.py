"""How well measures of likeness tell which capabilities answer each other: see README.md."""
