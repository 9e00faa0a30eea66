"""The other door: takes due jobs, runs handlers with no transaction open, wakes timers, delivers messages."""
