"""Tables of millions of rows: the mapping of records compiled to column expressions, and loaded in bulk."""
