"""The door: JSON under /api/v1. One request is one transaction (``door.py``); routes only translate, ``problems.py`` knows HTTP."""
