"""`assessor site forget`, for sites that are served some other way."""

from click.testing import CliRunner

from assessor.cli.main import main


def test_forgetting_on_a_new_site_deletes_nothing_and_says_so() -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["site", "migrate"]).exit_code == 0
    result = runner.invoke(main, ["site", "forget"])
    assert result.exit_code == 0
    assert "Deleted 0 responses" in result.output
