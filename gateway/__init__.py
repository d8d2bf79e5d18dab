"""The running server: settings, database, catalogue, HTTP and command line."""
