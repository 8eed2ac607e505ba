"""Problems of an action, shown at the fields they are about."""

from collections.abc import Iterable

from wtforms import Form

from assessor.domain.problems import Problem


def show_problems(form: Form, problems: Iterable[Problem]) -> None:
    """Add each problem to the field that `where` names, or to the form where it names none.

    What was typed stays. Nested places (`sizes.adult`) find the field of their first part.
    """
    for problem in problems:
        name = problem.where.partition(".")[0]
        if name in form:
            field = form[name]
            field.errors = [*field.errors, problem.message]
        else:
            form.form_errors.append(problem.message)
