"""Random block-structured processes without hypothesis: by a seed, as fuzzing wants them."""

import random
from collections.abc import Callable

from tests.engine.blocks import Block, Made
from tests.engine.diagram import FORM


def block_files(chance: random.Random) -> dict[str, bytes]:
    return {**Made(("seq", (block(chance, 2), block(chance, 2)))).bundle.files, "form.form": FORM}


def block(chance: random.Random, depth: int) -> Block:
    return chance.choice(BIGGER)(chance, depth - 1) if depth and chance.random() < 0.8 else chance.choice(LEAVES)


def _some(chance: random.Random, depth: int) -> tuple[Block, ...]:
    return tuple(block(chance, depth) for _ in range(chance.choice((2, 2, 3))))


LEAVES: tuple[Block, ...] = (("task",), ("job",))
BIGGER: tuple[Callable[[random.Random, int], Block], ...] = (
    lambda c, d: ("seq", _some(c, d)),
    lambda c, d: ("xor", c.randrange(3), _some(c, d)),
    lambda c, d: ("and", _some(c, d)),
    lambda c, d: ("or", frozenset(c.sample(range(3), c.randrange(3))), _some(c, d)),
    lambda c, d: ("loop", c.randrange(1, 4), block(c, d)),
    lambda c, d: ("sub", block(c, d)),
    lambda c, d: ("multi", c.randrange(4), c.random() < 0.5, block(c, d)),
    lambda c, d: ("beside", block(c, d), block(c, d)),
)
