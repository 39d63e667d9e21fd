"""The command line: thin click commands over public functions."""
