"""The page of the log: what it says, what it lists, what it copies, checks and exports."""
