"""The database: tables, named queries per noun, migrations. ``session.py`` is the only file that commits.

Values leave this room, never rows; callers never build SQL. JSON columns are text: what was written is what is read.
"""
