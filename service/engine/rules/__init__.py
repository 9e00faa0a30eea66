"""Deploy-time rules, one file each."""
