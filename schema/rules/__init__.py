"""The rules of comparing: pure functions on plain values, standard library only."""
