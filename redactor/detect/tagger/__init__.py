"""The model that ships: two small conditional random fields over hashed features of words.

One learnt names of people, bodies and places from openly licensed text; the other learnt every
label of the guide from invented documents of this domain. ``resources/detection/model/CARD.md``
says from what, how well, and where they are weak; ``resources/detection/training/train.py`` makes
them anew.
"""
