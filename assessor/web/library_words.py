"""Words of the library below that the office's pages show, noted for translation.

They are English constants down there. Pages look them up with `gettext`; a test holds that none
is forgotten here.
"""

from assessor.web.messages import to_translate

WORDS = frozenset(
    (
        # kinds of items
        to_translate("Single choice"),
        to_translate("Multiple choice"),
        to_translate("Rating"),
        to_translate("Rating matrix"),
        to_translate("Likelihood, 0 to 10"),
        to_translate("Number"),
        to_translate("Short text"),
        to_translate("Long text"),
        to_translate("Text block"),
        to_translate("Dropdown"),
        to_translate("Yes or no"),
        to_translate("Ranking"),
        to_translate("Constant sum"),
        to_translate("Choice matrix"),
        to_translate("Grid of entries"),
        to_translate("Semantic differential"),
        to_translate("Slider"),
        to_translate("Date"),
        to_translate("Time"),
        to_translate("E-mail"),
        to_translate("File"),
        to_translate("Consent"),
        to_translate("Hidden value"),
        to_translate("Calculated value"),
        to_translate("Repeating group"),
        # what they are for
        to_translate("One of a few answers, all in view."),
        to_translate("One of many answers, found by typing."),
        to_translate("Any of several answers."),
        to_translate("A question that yes or no answers."),
        to_translate("Answers put in order of preference."),
        to_translate("A total, such as 100 points, spread over several things."),
        to_translate("One thing rated on one to three scales."),
        to_translate("Several things rated on the same scales."),
        to_translate("Several questions that share their answers."),
        to_translate("Several numbers or short texts to type."),
        to_translate("Points between two opposite words."),
        to_translate("How likely something is, as net promoter scores need it."),
        to_translate("A number between two ends, typed or moved."),
        to_translate("A number to type."),
        to_translate("A day."),
        to_translate("A time of day."),
        to_translate("A word or a line."),
        to_translate("Own words, several lines."),
        to_translate("An address; it names a person."),
        to_translate("Pictures or documents to send."),
        to_translate("A statement to agree to."),
        to_translate("A known value that comes with the link, such as where it was posted."),
        to_translate("A value worked out from earlier answers."),
        to_translate("Items asked again for each thing, such as each visit."),
        to_translate("Text between items; it asks nothing."),
        # what their labels are unless the author says otherwise
        to_translate("Yes"),
        to_translate("No"),
        to_translate("I agree"),
        to_translate("Add another"),
        to_translate("Not at all likely"),
        to_translate("Extremely likely"),
        # methods
        to_translate("Mean"),
        to_translate("the mean of the answers, in points of their scale"),
        to_translate("Top box"),
        to_translate("the share that chose the best point of the scale"),
        to_translate("Top two boxes"),
        to_translate("the share that chose one of the two best points of the scale"),
        to_translate("Share"),
        to_translate("the share that gave one of the answers that count"),
        to_translate("Net promoter score"),
        to_translate("the percentage answering 9 or 10 less the percentage answering 0 to 6"),
        to_translate("Adequacy gap"),
        to_translate("each person's perceived level less their own minimum, then the mean"),
        to_translate("Superiority gap"),
        to_translate("each person's perceived level less their own desired level, then the mean"),
        to_translate("Performance gap"),
        to_translate("each person's importance less their own performance rating, then the mean"),
        to_translate("Opportunity index"),
        to_translate(
            "importance, and once more what it exceeds satisfaction by, of each person, then "
            "the mean"
        ),
        to_translate("Scale of several items"),
        to_translate(
            "the mean over all items of the scale, for people who answered at least half of them"
        ),
        to_translate("Ratio"),
        to_translate("one operational figure divided by another"),
        to_translate("Count"),
        to_translate("an operational figure as it was recorded"),
        to_translate("Milestone"),
        to_translate("whether a stated thing is done"),
        # kinds of evidence
        to_translate("inferred from records of use"),
        to_translate("asked of people"),
        to_translate("observed"),
    )
)
