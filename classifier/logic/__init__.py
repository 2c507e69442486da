"""What follows without a model: treaties joined, cases of a rule, superlatives, times and countries."""
