"""The checks of the catalogue: every key once, every scale sound, every named scale there."""

from collections import Counter

from assessor.domain.catalogue import CatalogueItems, CatalogueScales
from assessor.domain.checks.finding import did_you_mean, error
from assessor.domain.checks.scales import check_scale
from assessor.domain.checks.wording import check_wording
from assessor.domain.problems import Problem, say


def check_catalogue_scales(scales: CatalogueScales) -> tuple[Problem, ...]:
    """Keys used twice, and everything that makes a scale unusable or one-sided."""
    problems: list[Problem] = []
    used = Counter(scale.key for scale in scales.scales)
    for i, scale in enumerate(scales.scales):
        if used[scale.key] > 1:
            message = say(
                "`{scale}` names {times} scales. Rename all but one.",
                scale=scale.key,
                times=used[scale.key],
            )
            problems.append(error("catalogue.duplicate-key", f"scales.{i}.key", message))
        problems.extend(check_scale(scale, f"scales.{i}"))
    return tuple(problems)


def check_catalogue_items(
    items: CatalogueItems, scales: CatalogueScales | None = None
) -> tuple[Problem, ...]:
    """Keys used twice, unknown scales where `scales` is given, and wording."""
    problems: list[Problem] = []
    used = Counter(item.key for item in items.items)
    for i, item in enumerate(items.items):
        where = f"items.{i}"
        if used[item.key] > 1:
            message = say(
                "`{item}` names {times} items. Rename all but one.",
                item=item.key,
                times=used[item.key],
            )
            problems.append(error("catalogue.duplicate-key", f"{where}.key", message))
        if scales is not None and item.scale is not None and scales.scale(item.scale) is None:
            hint = did_you_mean(item.scale, (scale.key for scale in scales.scales))
            message = say(
                "The catalogue has no scale `{scale}`. {hint}", scale=item.scale, hint=hint
            )
            problems.append(error("catalogue.unknown-scale", f"{where}.scale", message))
        problems.extend(check_wording(item.key, item.text, f"{where}.text"))
    return tuple(problems)
