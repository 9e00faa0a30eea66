"""A county to try things with, and a tour through the main job. Everything here is an example: people are invented and marked 虚构.

county.py loads 云霄县 from ``data/*.toml`` (townships, offices, departments, people, 36 example items, calendar) once per database.
tour.py plays one batch of 火田镇 over HTTP, each step by the right person; ``story/`` says who does what, ``driver.py`` finds the
next step from the state of the cases, ``reader.py`` tells it to a reader, ``expectations.py`` checks how it came out.
"""
