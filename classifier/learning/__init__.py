"""Models learned from labelled texts."""
