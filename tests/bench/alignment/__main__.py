"""Scores each measure on the labelled pairs: `python -m tests.bench.alignment`."""

from time import perf_counter

from rich.console import Console
from rich.table import Table

from schema.rules.alignment import align
from tests.bench.alignment.labelled import average_precision, chosen_threshold, labelled, precision_recall, scores
from tests.bench.alignment.measures import measures

REPEATS = 5


def main() -> None:
    """Prints one line a measure; the threshold is chosen on the tuning half and held to on the other."""
    pairs = labelled()
    halves = [[pair for pair in pairs if pair.held_back is held_back] for held_back in (False, True)]
    table = Table(title=f"{len(halves[0])} pairs to tune on, {len(halves[1])} held back")
    table.add_column("measure")
    for column in ("from", "answers: P R", "held back", "AP", "held back", "same: P R", "held back", "AP", "held back"):
        table.add_column(column, justify="right")
    table.add_column("µs a pair", justify="right")
    for name, measure in measures(pairs):
        # A comparison prepares each capability once and compares it many times, so that is what is measured.
        scores(measure, pairs)
        start = perf_counter()
        for _ in range(REPEATS):
            scores(measure, pairs)
        cost = (perf_counter() - start) / REPEATS / len(pairs) * 1e6
        scored = [scores(measure, half) for half in halves]
        row = []
        thresholds = []
        for wanted, precision in (("answers", 0.9), ("same", 0.6)):
            truth = [[bool(getattr(pair, wanted)) for pair in half] for half in halves]
            threshold = chosen_threshold(scored[0], truth[0], precision)
            thresholds.append(f"{threshold:.2f}")
            for one, want in zip(scored, truth, strict=True):
                row.append("{:.2f} {:.2f}".format(*precision_recall(one, want, threshold)))
            row += [f"{average_precision(one, want):.3f}" for one, want in zip(scored, truth, strict=True)]
        table.add_row(name, "/".join(thresholds), *row, f"{cost:.1f}")
    console = Console(width=170)
    console.print(table)
    said = list(dict.fromkeys(side for pair in pairs for side in (pair.left, pair.right)))
    columns = [said[14 * number : 14 * number + 14] for number in range(8)]
    start = perf_counter()
    for _ in range(REPEATS):
        align(columns)
    cost = (perf_counter() - start) / REPEATS
    console.print(f"8 artifacts with 14 capabilities each, {28 * 14 * 14} pairs: {1e3 * cost:.1f} ms")


main()
