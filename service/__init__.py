"""OneSeal 一章通, the map.

domain   the words and the pure rules: people, organisations, cases, tasks, history, calendar. Standard library only.
engine   BPMN, DMN, FEEL and forms as functions: ``(bundle, state, command) -> Step``. No database, clock or network.
store    the database: tables, named queries, migrations, and the only file that commits.
actions  one file for one thing somebody does; each is the story of one transaction. ``actions/parts`` holds shared scenes.
api      the door: JSON under /api/v1.  ``worker`` is the other door: due jobs and timers.
pages    the same door for people: HTML made on the server.  ``commands`` is what the command line does.
demo     an example county and the tour through the main job over HTTP.
main.py, cli.py, settings.py, clock.py, wiring.py, logs.py, running.py, shipping.py, touring.py, uploads.py are the front gate: wiring only.
``handlers/`` beside this package does the service tasks, ``bpmn/`` holds what administrators edit.
Begin with ``actions/complete_task.py``: one request, one transaction, one story.
"""
