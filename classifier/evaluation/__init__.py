"""How good a model is: the gate, its measures and its pictures."""
