"""What claim and law say in any words: concepts, what is allowed or due, ages and terms as ranges."""
