"""Every error answers with a page in plain words: what is wrong and what to do.

Text written by a person at the keyboard is never echoed here, and no error says more than the
person may know: another library's object and one that never existed look the same.
"""

import sys
import traceback
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError

from assessor.domain.problems import Problem
from assessor.store.database import db
from assessor.store.faults import problem_of
from assessor.web.access import rule_for
from assessor.web.messages import gettext, lazy_gettext

SENTENCES: dict[int, tuple[str, str]] = {
    400: (
        lazy_gettext("This request could not be understood"),
        lazy_gettext(
            "Go back and try again. If you came by a link, check that all of it was copied."
        ),
    ),
    403: (
        lazy_gettext("This page is not open to your account"),
        lazy_gettext("Ask an administrator of your library if you need it."),
    ),
    404: (
        lazy_gettext("There is no such page"),
        lazy_gettext(
            "Check that the whole address was copied. If somebody gave you this link, ask them for "
            "a new one."
        ),
    ),
    405: (
        lazy_gettext("This address does not take that kind of request"),
        lazy_gettext("Go back to the page you came from and use the button there."),
    ),
    413: (
        lazy_gettext("That is too large"),
        lazy_gettext("Send a smaller file or a shorter text. Nothing was saved."),
    ),
    429: (
        lazy_gettext("Too many tries in a short time"),
        lazy_gettext("Wait a minute and try again. Nothing was lost."),
    ),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext(
            "Nothing was half-saved. Try again in a moment; if it goes on, tell the person who "
            "runs this site."
        ),
    ),
}


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(SQLAlchemyError, database_error)
    app.register_error_handler(OSError, database_error)
    as_ever = app.log_exception

    def log_exception(*about: Any) -> None:
        # What Flask passes on differs between its versions; the error is part of all of them.
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and _is_patrons():
            _log(error)
        else:
            as_ever(*about)

    app.log_exception = log_exception  # type: ignore[method-assign, assignment]


def problem_page(title: str, text: str, status: int, *, retry: bool = False) -> Response:
    """A whole page for one problem."""
    page = render_template("errors/problem.html", heading=title, text=text, retry=retry)
    return make_response(page, status)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    title, text = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    answer = problem_page(title, text, status)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def form_expired(error: CSRFError) -> Response:
    """The page for a form whose token is missing or no longer good."""
    return problem_page(
        gettext("This form has expired"),
        gettext(
            "For your safety a form is good for one sitting, and needs the cookie that keeps your "
            "place. Go back, reload the page and send it again."
        ),
        400,
        retry=True,
    )


def database_error(error: Exception) -> Response:
    """The page for a database that is busy, full, damaged or away; anything else is a bug."""
    db.session.rollback()
    problem: Problem | None = problem_of(error)
    if problem is None:
        # A bug: let it be logged as one, with a page that does not say more than it should.
        _log(error)
        return _http_error(InternalServerError())
    answer = problem_page(
        gettext("This could not be saved just now"), problem.message, 503, retry=True
    )
    answer.headers["Retry-After"] = "5"
    return answer


def _log(error: Exception) -> None:
    # The path of a patron's page holds a link, never an answer; the body is never logged.
    if _is_patrons():
        current_app.logger.error("%s failed\n%s", request.endpoint, _without_words(error))
    else:
        current_app.logger.error("%s %s failed", request.method, request.endpoint, exc_info=error)


def _is_patrons() -> bool:
    return rule_for(current_app, request.endpoint or "") == "patron"


def _without_words(error: BaseException | None) -> str:
    """Where it happened and of what kind: a message may quote what somebody answered."""
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines.extend(f"  {frame.filename}, line {frame.lineno}, {frame.name}" for frame in frames)
        lines.append(type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return "\n".join(lines)
