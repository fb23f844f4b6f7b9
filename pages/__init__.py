"""The HTML face, a package a feature: its ``views``, ``forms`` and ``urls``.

Holds no rules: a view meets one access function and one service or selector. What a feature draws
stands in ``templates/pages/<feature>/``. Here are the parts that all of them use.
"""
