"""A diagram as a picture: BPMN XML with its drawing (DI) to a standalone SVG 1.1, without a browser. Pure: the same in, the same out.

read.py        XML to a ``Picture`` of plain values, or NotDrawn naming the element that cannot be drawn
bundle.py      the picture of one process of a deployment; where on it the steps of called processes are seen
parts.py       a long picture in parts for paper
write.py       the picture as SVG text, with marks for what is done, active or stands still, and their legend
events.py activities.py gateways.py containers.py flows.py labels.py   each draws its kind
icons.py       the small signs in events and tasks           marks.py   how the states look, also in black and white
measure.py     how wide words are and where they may break   tags.py    elements as text, everything escaped
"""
