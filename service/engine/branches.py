"""Who lies in which branch of a parallel or inclusive block: told from the drawing alone.

A node is *inside* a join when some flows into the join can be reached from it without passing the join, and others cannot: those
others must come from a sibling branch. ``entries`` are the flows that can be reached.
"""

from collections.abc import Iterable, Mapping

from service.engine.drawing import Scope

JOINING = frozenset({"parallelGateway", "inclusiveGateway"})
NOWHERE: frozenset[str] = frozenset()

Entries = Mapping[str, frozenset[str]]


class Branches:
    """The joins of one scope, each worked out when it is first asked for."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.joins = tuple(n.id for n in scope.nodes.values() if n.kind in JOINING and len(scope.incoming(n.id)) > 1)
        self._entries: dict[tuple[str, bool], Entries] = {}
        self._passed: dict[str, frozenset[str]] = {}

    def entries(self, join: str, *, events: bool = True) -> Entries:
        """Node -> flows into ``join`` that a token at the node can still come in by, before it has passed the join.

        ``events``: over boundary events too, else along flows alone.
        """
        if (join, events) not in self._entries:
            found: dict[str, set[str]] = {}
            for flow in self._scope.incoming(join):
                for node in self._before(flow.source, join, events=events):
                    found.setdefault(node, set()).add(flow.id)
            self._entries[join, events] = {node: frozenset(flows) for node, flows in found.items()}
        return self._entries[join, events]

    def around(self, node: str) -> dict[str, frozenset[str]]:
        """The joins ``node`` is inside of, with the flows of its own branch."""
        found = {}
        for join in self.joins:
            flows = self.entries(join).get(node, NOWHERE)
            if node != join and 0 < len(flows) < len(self._scope.incoming(join)):
                found[join] = flows
        return found

    def may_go(self, start: str, target: str) -> bool:
        """Whether a token may be taken from ``start`` to ``target`` without leaving a join waiting for ever.

        Not into a block from outside, not into a sibling branch, and not onto a join itself.
        """
        if target in self.joins:
            return False
        own = self.around(start)
        return all(own.get(join, NOWHERE) & flows for join, flows in self.around(target).items())

    def ahead(self, start: str) -> frozenset[str]:
        """What a token at ``start`` can bring about in its own branch: it and all that follows, up to the joins around it."""
        closed = self.around(start)
        seen = {start}
        todo = [start]
        while todo:
            for following in self._scope.following(todo.pop()):
                if following not in seen and following not in closed:
                    seen.add(following)
                    todo.append(following)
        return frozenset(seen)

    def passed_before(self, node: str) -> frozenset[str]:
        """``node`` and every place all ways from the starts to it lead over: a token at ``node`` has been there."""
        if node not in self._passed:
            starts = [n.id for n in self._scope.nodes.values() if n.kind == "startEvent"]
            all_ways = (id for id in self._scope.nodes if id == node or node not in self._reached(starts, without=id))
            self._passed[node] = frozenset(all_ways)
        return self._passed[node]

    def straight_on(self, node: str) -> Iterable[str]:
        """What follows ``node`` while there is one way only: up to and with the first place where ways part, or end."""
        seen = {node}
        flows = self._scope.outgoing(node)
        while len(flows) == 1 and flows[0].target not in seen:
            seen.add(flows[0].target)
            yield flows[0].target
            flows = self._scope.outgoing(flows[0].target)

    def _reached(self, starts: Iterable[str], *, without: str) -> set[str]:
        seen = set(starts) - {without}
        todo = list(seen)
        while todo:
            for following in self._scope.following(todo.pop()):
                if following not in seen and following != without:
                    seen.add(following)
                    todo.append(following)
        return seen

    def _before(self, node: str, join: str, *, events: bool) -> Iterable[str]:
        """``node`` and all from which it can be reached, the join left out."""
        seen = {node} - {join}
        todo = list(seen)
        while todo:
            at = todo.pop()
            for earlier in self._scope.preceding(at) if events else [f.source for f in self._scope.incoming(at)]:
                if earlier not in seen and earlier != join:
                    seen.add(earlier)
                    todo.append(earlier)
        return seen
