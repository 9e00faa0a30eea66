"""Shared scenes of the actions: recording a step, opening a case, facts and effects of handlers."""
