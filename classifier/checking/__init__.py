"""The check-worthy claims of a text, laid beside evidence and beside claims found false before."""
