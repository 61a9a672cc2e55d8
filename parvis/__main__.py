"""`python -m parvis <command>`; see `parvis/config/cli/`."""

import sys

if __name__ == "__main__":  # granian starts its workers by importing this module again where it cannot fork
    from parvis.config.cli import main

    sys.exit(main(sys.argv[1:]))
