"""The ground the other tests stand on: databases that are empty, a browser that opens a page."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy import Connection, create_engine, inspect, text

from assessor.paths import instance_folder


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_gets_an_empty_database_whatever_the_one_before_left(
    database_url: str, turn: str
) -> None:
    engine = create_engine(database_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_over (id INTEGER)"))
    assert inspect(engine).get_table_names() == ["left_over"]


LEFT_OPEN: list[Connection] = []


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_connection_left_open_holds_nobody_up(postgresql_url: str, turn: str) -> None:
    connection = create_engine(postgresql_url).connect()
    connection.execute(text("CREATE TABLE held (id INTEGER)"))
    # Neither committed nor closed, and kept alive: the second turn starts all the same.
    LEFT_OPEN.append(connection)


def test_each_worker_has_a_database_of_its_own(postgresql_url: str, worker_id: str) -> None:
    with create_engine(postgresql_url).connect() as connection:
        assert connection.scalar(text("SELECT current_database()")) == f"assessor_{worker_id}"


def test_the_browser_opens_a_page(page: Page) -> None:
    page.set_content("<h1>Scorecard</h1>")
    assert page.get_by_role("heading", name="Scorecard").is_visible()


def test_no_test_touches_the_instance_folder_of_the_checkout(
    own_instance_folder: Path, project_root: Path
) -> None:
    assert instance_folder() == own_instance_folder
    assert not own_instance_folder.is_relative_to(project_root)
    assert "ASSESSOR_DATABASE_URL" not in os.environ
