"""Workbooks (.xlsx), the only room that knows them: in as plain cells, out as templates, exports and copies with marked faults.

``reading.py`` opens untrusted bytes in a child process with the standard library alone (``package.py`` checks the zip, ``markup.py`` the XML,
``formats.py`` tells dates from numbers, ``worksheet.py`` gives cells). The other files write with openpyxl what the column models of
``service/domain/sheets`` declare.
"""
