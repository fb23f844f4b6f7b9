"""The HTML face: views, forms and URLs for caseworkers, clients, directors and accounts.

Holds no rules: a view meets one access function and one service or selector.
"""
