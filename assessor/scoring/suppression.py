"""Which groups are withheld, so that nobody can tell what one of few people answered.

A group under the minimum is withheld. Since the total is shown, a single withheld group could be
got by subtraction; so at least two groups with answers are withheld, and together they hold at
least the minimum.
"""

from collections.abc import Collection, Mapping


def withheld_groups(
    sizes: Mapping[str, int],
    minimum: int,
    *,
    already: Collection[str] = (),
    order: Mapping[str, int] | None = None,
) -> frozenset[str]:
    """The groups to withhold where `sizes` are the answers of each group.

    `already` are withheld in any case (the groups that are small in the whole wave). The next
    smallest by `order` (the sizes in the whole wave, so that all indicators choose alike) join
    them until subtraction gives nothing. A group without any answer has nothing to withhold and
    hides nobody.
    """
    withheld = {group for group, size in sizes.items() if 0 < size < minimum} | set(already)
    ranks = order or sizes
    shown = sorted(
        (group for group, size in sizes.items() if size > 0 and group not in withheld),
        key=lambda group: (ranks.get(group, 0), group),
    )
    while withheld and shown and not _safe(sizes, withheld, minimum):
        withheld.add(shown.pop(0))
    return frozenset(withheld)


def _safe(sizes: Mapping[str, int], withheld: Collection[str], minimum: int) -> bool:
    inside = [sizes.get(group, 0) for group in withheld]
    return sum(inside) >= minimum and sum(size > 0 for size in inside) >= 2
