"""The operator's room: the schedule and its children, watching and alerts, backups, and how long things are kept."""
