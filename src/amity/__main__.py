"""``python -m amity`` is ``amity``."""

from amity.run import main

main()
