"""One file that holds the whole database, the same from SQLite and from PostgreSQL, so that either can be made from it.

``take`` writes it in one moment's view while everybody works on, ``look`` checks it without a database, ``bring_back`` makes a
database of it. The file is a ZIP: ``manifest.json`` (what there is, with a SHA-256 of every part), ``tables/<name>.jsonl`` (one row a
line, as a list in the manifest's order of columns). Its comment ends with the SHA-256 of everything before: no byte can turn unseen.
"""
