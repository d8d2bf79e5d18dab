"""Golden neighbours: a query, the SQL it issues and its answer stand side by side."""
