"""Adapters that turn foreign records into lines of the catalogue's own format. One source a module."""
