"""One file for one thing somebody, or a job, does: the story of one transaction. Nothing here commits; the door does."""
