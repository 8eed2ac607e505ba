"""The checks of translations: texts that are gone or missing, answers lost from a text."""

from collections.abc import Iterator

from assessor.domain.checks.finding import did_you_mean, error, in_code, warning
from assessor.domain.instrument import Instrument
from assessor.domain.piping import piped_keys
from assessor.domain.problems import Problem, say
from assessor.domain.translations import ambiguous, completeness, left_over, texts

MOST_NAMED = 3

# A language's own letters and digits, as BCP 47 writes a tag: language, script, region, variants.
LONGEST_SUBTAG = 8


def check_translations(instrument: Instrument) -> tuple[Problem, ...]:
    """Everything about the texts in other languages; nothing where there is no translation."""
    return (*_check_tags(instrument), *_check_texts(instrument))


def _check_tags(instrument: Instrument) -> Iterator[Problem]:
    places = [("language", instrument.language)]
    places += [(f"translations.{language}", language) for language in instrument.translations]
    for where, language in places:
        if any(len(part) > LONGEST_SUBTAG for part in language.split("-")):
            message = say(
                "`{language}` is no language tag. Write one such as `de`, `pt-BR` or `zh-Hans`.",
                language=language,
            )
            yield error("translation.language", where, message)
    same = [one for one in instrument.translations if one.lower() == instrument.language.lower()]
    for language in same:
        message = say(
            "The instrument is written in `{language}`, so its translation to it is never "
            "shown. Change the texts themselves, and remove this.",
            language=language,
        )
        yield warning("translation.own-language", f"translations.{language}", message)


def _check_texts(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.translations:
        return
    for address in ambiguous(instrument):
        message = say(
            "Two texts have the address `{address}`, so that they cannot be translated apart. "
            "Give the item, page or scale another key.",
            address=address,
        )
        yield error("translation.ambiguous", "translations", message)
    own = texts(instrument)
    gone = left_over(instrument)
    for language, said in instrument.translations.items():
        where = f"translations.{language}"
        for address in gone.get(language, ()):
            message = say(
                "There is no text `{address}` any more. {hint} Or remove it.",
                address=address,
                hint=did_you_mean(address, own),
            )
            yield warning("translation.left-over", f"{where}.{address}", message)
        for address, text in said.items():
            if text and address in own:
                yield from _check_piping(own[address], text, f"{where}.{address}")
        missing = completeness(instrument, language).missing
        if missing and language != instrument.language:
            named, more = in_code(missing[:MOST_NAMED]), len(missing) - MOST_NAMED
            message = say(
                "{missing} of {all} texts are not translated to `{language}` and stay as they are: "
                "{texts}. Translate them.",
                missing=len(missing),
                all=len(own),
                language=language,
                texts=say("{texts} and {more} more", texts=named, more=more) if more > 0 else named,
            )
            yield warning("translation.missing", where, message)


def _check_piping(own: str, text: str, where: str) -> Iterator[Problem]:
    """A translation shows the same answers as the text does."""
    wanted, there = set(piped_keys(own)), set(piped_keys(text))
    lost, added = sorted(wanted - there), sorted(there - wanted)
    if lost:
        named = ", ".join(f"`${{{key}}}`" for key in lost)
        message = say(
            "The translation leaves out {named}. Put it where it belongs, spelled the same.",
            named=named,
        )
        yield error("translation.piping-lost", where, message)
    if added:
        named = ", ".join(f"`${{{key}}}`" for key in added)
        message = say(
            "The text does not ask for {named}. Leave it out, or spell it as the text does.",
            named=named,
        )
        yield error("translation.piping-added", where, message)
