"""The story of 火田镇's first batch: for every user task of the shipped diagrams, who does it and with what.

A part looks only at what its task shows, so the story can go on from wherever the cases stand.
"""

from service.demo.story import batch, decision, departments, seal
from service.demo.story.scene import Part

STORY: dict[str, Part] = batch.PARTS | departments.PARTS | decision.PARTS | seal.PARTS
