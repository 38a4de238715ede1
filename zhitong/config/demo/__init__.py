"""The demo county Lingcheng: real areas, invented people, a few hundred invented matters.

Everything is drawn from a seed, so that the same seed gives the same county. The writing is in
``data/``; how it becomes history is in ``plan``; ``load`` replays that history through actions.
"""
