"""Options: steps put side by side for the client, who takes one, none, or asks for another.

Owns the offer, its options and the client's answer. The step that is chosen becomes an action of
the plan; nothing here ever chooses for the client (report 2020:40, Palveluintegraatio 3.6).
"""
