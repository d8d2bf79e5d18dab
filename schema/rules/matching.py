"""What searches say of an artifact: what their matches and choices are worth, and when that is a figure at all."""

SEARCHERS = "searchers"
"""The figure: the clients whose searches led to an artifact in the days that are kept, each weighed by `credit`."""

UNITS = 232_792_560
"""Credit is added up in whole parts of 1, so that what was added can be taken off again without a rest. 1 / place is
whole for the first twenty places."""

CHOSEN = 4
"""What it counts that a client chose an artifact: as much as four who were shown it first. Choosing takes a look at
what else there is; being shown takes nothing."""

LEAST_SEARCHERS = 30
"""Before so many clients have searched, counted once a day, nobody has a score: it would tell who came first. From then
on all have one, also those that no search led to: that is then a figure, and it is 0."""


def credit(place: int, chosen: bool) -> int:
    """What one client's searches of one day are worth to an artifact, however many there were, in `UNITS`.

    `place` is the best that it was shown at, counted from 1. It counts 1 / place, the reciprocal rank (Voorhees, The
    TREC-8 Question Answering Track Report, 1999), and `CHOSEN` where the client chose it.
    """
    return CHOSEN * UNITS if chosen else UNITS // place


def known(searchers: int) -> bool:
    """Whether what searches say is a figure, with so many clients' searches."""
    return searchers >= LEAST_SEARCHERS
