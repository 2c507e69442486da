"""`python -m soi`, the same as `soi`."""

from soi.front import main

main()
