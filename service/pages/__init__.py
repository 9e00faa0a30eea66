"""The pages: HTML made on the server, for people in a browser. They ask actions and read the store as the API does.

door.py        one request, one transaction; permission refusals written down; forms pressed twice act once
page.py        what a route gives back: a page, or where to go after an act
given.py       what a form sent, read field by field, every fault beside its field
layout.py      what stands round every page: navigation by role, who am I, the notice after a redirect
navigation.py  the entries of the navigation, a plain table
rendering.py   Jinja2 with autoescape, filters for days, moments and names, built scripts and style sheets
refusals.py    errors as pages, and which requests are pages at all
routes/        one file for each area; templates/ has a folder of the same name
"""
