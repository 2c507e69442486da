"""`python -m soi`, the same as `soi`."""

from soi import main

main()
