"""``python -m devservers``: what ``make run`` calls."""

import sys

from devservers.run import main

sys.exit(main())
