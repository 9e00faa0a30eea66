"""Tables people keep in workbooks: what columns each kind has, what a filled-in row means, what is wrong with it, what it would change.

Pure: cells come in as values (``cells.py``), the database's rows as plain mappings, and a plan goes out (``planning.py``).
"""
