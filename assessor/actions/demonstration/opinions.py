"""What the made-up people of Riverbend think, as one table to read and to change.

Every number is of 2024 and of 2025; who answers later thinks as in 2025. What there is to find:

- the website was rebuilt in the spring of 2025, and people notice; the app was forgotten;
- families feel less at home than everybody else and cannot use the hours, which the total hides;
- the wireless network is far from what people want, and nothing happened to it;
- the students' courses work; the desk knows more than it did;
- newcomers were three in 2024, too few to show, and are still too few to judge in 2025;
- in one small department of the staff something went wrong in 2025.
"""

from dataclasses import dataclass

Years = tuple[float, float]
"""A number in 2024 and in 2025."""


@dataclass(frozen=True)
class Rated:
    """A point on a five-point scale: its mean, and how far people differ.

    `only` names the people it is asked of; everybody else answers "not applicable".
    """

    mean: Years
    spread: float = 0.9
    only: str = ""
    na: float = 0.0


@dataclass(frozen=True)
class Levels:
    """The least one accepts, what one would like and what one gets, 1 to 9."""

    minimum: float
    desired: float
    perceived: Years
    na: float


@dataclass(frozen=True)
class Weighed:
    """How important it is and how well it is done, both 1 to 5."""

    importance: float
    performance: Years
    na: float = 0.04


@dataclass(frozen=True)
class Chosen:
    """One of several codes, each with its share in both years."""

    shares: dict[str, Years]


@dataclass(frozen=True)
class Ticked:
    """Any of several codes, each ticked by this share; `none` where nobody ticked any."""

    shares: dict[str, Years]
    none: str
    most: int = 99


@dataclass(frozen=True)
class Recommended:
    """0 to 10: the mean, and how far people differ."""

    mean: Years
    spread: float = 1.9


@dataclass(frozen=True)
class Counted:
    """A number in halves, about this many."""

    mean: Years


@dataclass(frozen=True)
class Written:
    """Words of their own, by this share of people."""

    share: float
    texts: tuple[str, ...]


Opinion = Rated | Levels | Weighed | Chosen | Ticked | Recommended | Counted | Written

PATRONS: dict[str, Opinion] = {
    "found": Chosen({"all": (0.60, 0.685), "part": (0.28, 0.225), "none": (0.12, 0.09)}),
    "known": Ticked(
        {
            "equipment": (0.34, 0.41),
            "workshops": (0.45, 0.52),
            "rooms": (0.38, 0.42),
            "delivery": (0.22, 0.24),
            "history": (0.47, 0.50),
        },
        none="none",
    ),
    "quiet_desk": Levels(5.6, 7.7, (6.1, 6.75), na=0.24),
    "group_table": Levels(5.2, 7.3, (4.9, 5.6), na=0.42),
    "wireless": Levels(5.9, 8.0, (5.9, 5.8), na=0.15),
    "staff_knowledge": Weighed(4.35, (3.7, 4.02)),
    "staff_kindness": Weighed(4.4, (4.25, 4.42)),
    "collection_wanted": Weighed(4.3, (3.75, 4.1)),
    "hours": Rated((3.85, 3.95), na=0.03),
    "belong_place": Rated((4.1, 4.25), 0.8, na=0.02),
    "belong_welcome": Rated((4.25, 4.72), 0.75, na=0.02),
    "belong_outside": Rated((4.0, 4.15), 0.9, na=0.02),
    "privacy_trust": Rated((4.25, 4.35), 0.75, na=0.05),
    "access_building": Rated((3.5, 3.75), 1.1, only="disability"),
    "access_services": Rated((3.7, 3.75), 1.0, only="disability"),
    "understood": Rated((3.4, 3.6), 1.0, only="newcomer"),
    "website_ease": Rated((3.3, 3.86), only="website"),
    "app_ease": Rated((3.55, 3.4), only="app"),
    "confident_find": Rated((3.35, 3.95), 0.8, only="student"),
    "confident_judge": Rated((3.2, 3.8), 0.85, only="student"),
    "confident_cite": Rated((3.15, 3.75), 0.9, only="student"),
    "reading_together": Rated((3.5, 4.05), 0.9, only="children"),
    "workshop_used": Rated((3.2, 3.4), 0.95, only="workshop"),
    "recommend": Recommended((8.55, 9.2)),
    "comment": Written(
        0.07,
        (
            "The new website is so much easier to use. Thank you!",
            "Saturday closes at one. With two small children we never make it in time.",
            "I come for the quiet and I mostly find it now.",
            "The wireless network drops every ten minutes upstairs.",
            "You helped me with a form that had nothing to do with books. I will not forget it.",
            "Please open one evening a week until nine.",
            "More large print, please.",
            "Mehr Bücher auf Deutsch wären schön, und längere Öffnungszeiten.",
            "The app forgets who I am every time 🙃",
            "شكرا لكم على الترحيب",
            "I have waited nine weeks for one novel.",
            "The table by the window is where I finished my degree.",
        ),
    ),
}
"""By item key; matrices by the keys of their rows."""

STAFF: dict[str, Opinion] = {
    "belong_here": Rated((4.05, 4.2), 0.8),
    "belong_voice": Rated((3.6, 3.85), 0.9),
    "belong_self": Rated((4.15, 4.3), 0.8),
    "belong_alone": Rated((4.0, 4.1), 0.9),
    "work_noticed": Rated((3.6, 4.5), 0.85),
    "work_told": Rated((3.25, 3.3), 1.0),
    "learning_time": Rated((2.6, 2.7), 0.95),
    "learning_plan": Chosen(
        {"written": (0.30, 0.44), "spoken": (0.32, 0.30), "none": (0.38, 0.26)}
    ),
    "learning_days": Counted((2.5, 3.5)),
    "learning_barriers": Ticked(
        {
            "cover": (0.46, 0.38),
            "time": (0.52, 0.47),
            "money": (0.14, 0.10),
            "offer": (0.18, 0.20),
            "unsure": (0.16, 0.08),
        },
        none="nothing",
        most=3,
    ),
    "next_skill": Written(
        0.3,
        (
            "Reading a balance sheet",
            "Sign language",
            "Python",
            "Running a good meeting",
            "Conservation of photographs",
            "Speaking in front of people",
        ),
    ),
    "recommend_work": Recommended((7.5, 7.95), 1.8),
    "comment": Written(
        0.06,
        (
            "It is the first year in which I took all my training days.",
            "We hear about decisions when they are made.",
            "The rota leaves nobody at the desk who could stand in.",
        ),
    ),
}

SHIFTS: dict[tuple[str, str], Years] = {
    # Families: at home elsewhere.
    ("family", "belong_place"): (-0.4, -0.95),
    ("family", "belong_welcome"): (-0.3, -0.9),
    ("family", "belong_outside"): (-0.4, -0.9),
    ("family", "hours"): (-0.7, -1.0),
    ("family", "quiet_desk"): (0.3, 0.3),
    ("senior", "hours"): (0.3, 0.3),
    ("senior", "belong_welcome"): (0.15, 0.15),
    ("senior", "website_ease"): (-0.4, -0.5),
    ("student", "wireless"): (-0.7, -0.9),
    ("student", "group_table"): (-0.4, -0.3),
    ("newcomer", "belong_place"): (-0.3, -0.2),
    ("college_staff", "collection_wanted"): (-0.3, -0.2),
    ("special_collections", "belong_here"): (-0.1, -1.2),
    ("special_collections", "belong_voice"): (-0.1, -1.3),
    ("special_collections", "belong_self"): (0.0, -0.9),
    ("special_collections", "belong_alone"): (0.0, -1.0),
    ("special_collections", "work_noticed"): (0.0, -1.2),
    ("special_collections", "recommend_work"): (0.0, -2.0),
    ("public_services", "learning_time"): (-0.4, -0.3),
}
"""How far a group stands from everybody else; for reversed items too, up is better."""

TRAITS: dict[str, dict[str, float]] = {
    "disability": {"senior": 0.22, "": 0.08},
    "newcomer": {"newcomer": 1.0, "": 0.0},
    "website": {"senior": 0.6, "student": 0.95, "": 0.8},
    "app": {"senior": 0.2, "student": 0.65, "": 0.42},
    "student": {"student": 1.0, "": 0.0},
    "children": {"family": 1.0, "adult": 0.1, "senior": 0.12, "newcomer": 0.3, "": 0.02},
    "workshop": {"student": 0.08, "adult": 0.24, "senior": 0.22, "": 0.12},
}
"""Whom an item is about: the share of each group, "" for every other group."""
