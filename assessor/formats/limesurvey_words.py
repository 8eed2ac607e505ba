"""The answers that LimeSurvey's own question types bring along, in its most used languages.

A survey file holds no words for them; LimeSurvey takes them from its interface. What language is
missing here shows English.
"""

from assessor.formats.limesurvey_structure import Texts

_WORDS: dict[str, dict[str, str]] = {
    "Yes": {"de": "Ja", "fr": "Oui", "es": "Sí", "it": "Sì", "nl": "Ja", "pt": "Sim"},
    "No": {"de": "Nein", "fr": "Non", "es": "No", "it": "No", "nl": "Nee", "pt": "Não"},
    "Uncertain": {
        "de": "Unsicher",
        "fr": "Incertain",
        "es": "Dudoso",
        "it": "Incerto",
        "nl": "Onzeker",
        "pt": "Incerto",
    },
    "Increase": {
        "de": "Zunahme",
        "fr": "Augmentation",
        "es": "Aumentar",
        "it": "Aumenta",
        "nl": "Toename",
        "pt": "Aumentar",
    },
    "Same": {
        "de": "Gleich",
        "fr": "Sans changement",
        "es": "Igual",
        "it": "Uguale",
        "nl": "Gelijk",
        "pt": "Igual",
    },
    "Decrease": {
        "de": "Abnahme",
        "fr": "Diminution",
        "es": "Disminuir",
        "it": "Diminuisce",
        "nl": "Afname",
        "pt": "Diminuir",
    },
    "Female": {
        "de": "Weiblich",
        "fr": "Féminin",
        "es": "Femenino",
        "it": "Femmina",
        "nl": "Vrouw",
        "pt": "Feminino",
    },
    "Male": {
        "de": "Männlich",
        "fr": "Masculin",
        "es": "Masculino",
        "it": "Maschio",
        "nl": "Man",
        "pt": "Masculino",
    },
    "Other": {
        "de": "Sonstiges",
        "fr": "Autre",
        "es": "Otro",
        "it": "Altro",
        "nl": "Anders",
        "pt": "Outro",
    },
    "Comment": {
        "de": "Kommentar",
        "fr": "Commentaire",
        "es": "Comentario",
        "it": "Commento",
        "nl": "Opmerking",
        "pt": "Comentário",
    },
}


def words(english: str, languages: tuple[str, ...]) -> Texts:
    """One of LimeSurvey's own words in each of these languages, English where it is not known."""
    known = _WORDS[english]
    found: Texts = {}
    for place, language in enumerate(languages):
        word = english if language.startswith("en") else known.get(language.split("-")[0], "")
        if word or place == 0:
            found[language] = word or english
    return found
