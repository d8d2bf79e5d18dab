"""Measurements that are run by hand: they report figures, and fail no build."""
