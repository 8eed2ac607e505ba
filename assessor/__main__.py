"""`python -m assessor` is the `assessor` command."""

from assessor.cli.main import main

main(prog_name="assessor")
