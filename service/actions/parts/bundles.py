"""Compiled deployments, kept per process. A bundle never changes under its digest, so a cached one is always right."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping

from service.domain.errors import DiagramRefused, Fault, NotFound
from service.domain.posts import POSTS
from service.engine.model import Bundle, Problem, Refused
from service.engine.read import digest_of, read_bundle
from service.store import definitions
from service.store.session import Transaction

KEPT = 64
Look = Callable[[Mapping[str, bytes], Collection[str]], tuple[Problem, ...]]


class BundleCache:
    """Least recently used first out. Compiling happens outside the lock: twice is wasteful, waiting is worse."""

    def __init__(self, handlers: Collection[str], *, first: Look | None = None) -> None:
        """``first`` looks at uploads before this process does, and only what it finds nothing wrong with is compiled here."""
        self._handlers = frozenset(handlers)
        self.first = first
        self._kept: OrderedDict[str, Bundle] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, tx: Transaction, digest: str) -> Bundle:
        """The bundle of ``digest``, compiled from the stored files when this process does not have it yet."""
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        files = definitions.bundle_files(tx, digest)
        if not files:
            raise NotFound("bundle.unknown", digest=digest)
        return self._keep(read_bundle(files, handlers=self._handlers, posts=POSTS))

    def compile(self, files: Mapping[str, bytes], *, trusted: bool = False) -> Bundle:
        """Compile new files, or find them compiled; DiagramRefused lists every problem with its place.

        ``trusted``: they lie on the machine's own disk, named by whoever may change the program itself.
        """
        digest = digest_of(files)
        with self._lock:
            if digest in self._kept:
                return self._kept[digest]
        try:
            if self.first and not trusted and (problems := self.first(files, self._handlers)):
                raise Refused(problems)
            return self._keep(read_bundle(files, handlers=self._handlers, posts=POSTS))
        except Refused as refused:
            faults = tuple(_fault(problem) for problem in refused.problems)
            raise DiagramRefused("diagram.refused", count=len(faults), faults=faults) from refused

    def _keep(self, bundle: Bundle) -> Bundle:
        with self._lock:
            self._kept[bundle.digest] = bundle
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return bundle


def _fault(problem: Problem) -> Fault:
    where = {
        "file": problem.file,
        "element": problem.element,
        "name": problem.name,
        "line": problem.line,
        "column": problem.column,
    }
    return Fault(problem.rule, problem.message, where)
