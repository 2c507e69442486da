"""Speed and scale, run by hand and by `make bench`."""
