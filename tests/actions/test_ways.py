"""A person's own way: hidden pages, endings, quotas, versions, links, files; both databases."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from assessor.actions import counting, drafts, respond, waves
from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.uploads import keep_file
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked
from assessor.formats.pictures import bare_picture
from assessor.store import answers, fielding, uploads
from assessor.store.database import db
from assessor.store.instruments import InstrumentVersion
from assessor.store.responses import ResponseRow, UploadRow
from assessor.store.waves import WaveRow
from tests.actions.conftest import House
from tests.sent_pictures import PNG, WHERE


def yes_no(key: str, **more: Any) -> dict[str, Any]:
    return {"kind": "yes_no", "key": key, "text": f"{key}?", **more}


def instrument(**changes: Any) -> Instrument:
    """Children are asked of games, grown-ups of loans; who never comes is led out."""
    who = {
        "kind": "single_choice",
        "key": "who",
        "text": "Who?",
        "required": True,
        "options": [{"code": "adult", "label": "Adult"}, {"code": "child", "label": "Child"}],
    }
    content: dict[str, Any] = {
        "key": "ways",
        "title": "Ways",
        "group_item": "who",
        "pages": [
            {
                "key": "about",
                "items": [
                    who,
                    yes_no("comes"),
                    yes_no("often", relevant="${comes} = 'yes'", required=True),
                    {"kind": "hidden", "key": "source", "text": "From", "values": ["poster"]},
                ],
            },
            {"key": "games", "relevant": "${who} = 'child'", "items": [yes_no("plays")]},
            {"key": "loans", "relevant": "${who} = 'adult'", "items": [yes_no("borrows")]},
            {"key": "last", "items": [{"kind": "short_text", "key": "why", "text": "Why?"}]},
        ],
        "endings": [{"key": "never", "when": "${comes} = 'no'", "title": "Thank you anyway"}],
    }
    return Instrument.model_validate(content | changes)


ADULT = {"who": "adult", "comes": "yes", "often": "yes"}


@pytest.fixture
def wave_id(house: House) -> str:
    return field(house, instrument())


def field(house: House, asked: Instrument) -> str:
    save_instrument_draft(house.library_id, asked).unwrap()
    publish_instrument(house.library_id, asked.key).unwrap()
    planned = waves.plan_wave(house.library_id, instrument=asked.key, title="W", period="2025")
    return waves.open_wave(house.library_id, planned.unwrap()).unwrap()


def begun(wave_id: str, **more: Any) -> str:
    return respond.start_response(wave_id, **more).unwrap()


def save(token: str, wave_id: str, page: str, **raw: object) -> respond.SavedPage:
    return respond.save_page(token, wave_id, page, raw).unwrap()


def codes(checked: Checked[Any]) -> list[str]:
    return [one.code for one in checked.problems]


def stored(wave_id: str) -> list[Mapping[str, object]]:
    return [dict(row) for row in answers.answered(wave_id).rows]


def test_answers_lead_the_way_and_what_is_not_asked_is_not_stored(wave_id: str) -> None:
    token = begun(wave_id)
    assert save(token, wave_id, "about", **ADULT).pages == ("about", "loans", "last")
    refused = respond.save_page(token, wave_id, "games", {"plays": "yes"})
    assert codes(refused) == ["page.not-found"]
    assert save(token, wave_id, "loans", borrows="no").next_page == "last"
    assert save(token, wave_id, "last", why="").next_page is None
    respond.submit_response(token, wave_id).unwrap()
    assert stored(wave_id) == [
        {
            "who": "adult",
            "comes": "yes",
            "often": "yes",
            "source": None,
            "borrows": "no",
            "why": None,
        }
    ]


def test_a_changed_mind_brings_a_page_that_is_to_be_done_and_drops_another(wave_id: str) -> None:
    token = begun(wave_id)
    save(token, wave_id, "about", **ADULT)
    save(token, wave_id, "loans", borrows="yes")
    save(token, wave_id, "last", why="x")
    changed = save(token, wave_id, "about", who="child", comes="yes", often="no")
    assert changed.next_page == "games"
    assert codes(respond.submit_response(token, wave_id)) == ["response.page-order"]
    assert "borrows" not in changed.answers
    save(token, wave_id, "games", plays="yes")
    respond.submit_response(token, wave_id).unwrap()
    assert stored(wave_id)[0].keys() >= {"plays", "why"}


def test_a_hidden_item_takes_no_answer_and_a_shown_one_needs_it(wave_id: str) -> None:
    token = begun(wave_id)
    posted = respond.save_page(token, wave_id, "about", {"who": "adult", "often": "yes"})
    assert codes(posted) == ["answer.not-asked"]
    assert posted.value is not None
    assert "often" not in posted.value.answers
    missing = respond.save_page(token, wave_id, "about", {"who": "adult", "comes": "yes"})
    assert codes(missing) == ["answer.required"]


def test_what_appears_only_now_is_shown_before_it_is_asked_for(wave_id: str) -> None:
    token = begun(wave_id)
    first = respond.save_page(
        token, wave_id, "about", {"who": "adult", "comes": "yes"}, shown=frozenset()
    )
    assert first.problems == ()
    assert first.value is not None
    assert first.value.appeared == ("often",)
    assert first.value.next_page == "about"
    again = respond.save_page(
        token, wave_id, "about", {"who": "adult", "comes": "yes"}, shown={"often"}
    )
    assert codes(again) == ["answer.required"]


def test_who_is_led_out_leaves_nothing_but_a_number(wave_id: str) -> None:
    token = begun(wave_id)
    saved = save(token, wave_id, "about", who="adult", comes="no")
    assert saved.ending is not None
    assert saved.ending.key == "never"
    assert answers.draft(token, wave_id) is None
    assert fielding.progress(wave_id).responses == fielding.progress(wave_id).drafts == 0
    assert counting.ending_counts(wave_id) == {"never": 1}
    again = respond.save_page(token, wave_id, "about", {"who": "adult", "comes": "no"})
    assert codes(again) == ["response.no-draft"]
    assert counting.ending_counts(wave_id) == {"never": 1}


def quoted(limit: int = 1) -> Instrument:
    return instrument(
        endings=[{"key": "full", "title": "We have enough"}],
        quotas=[{"key": "adults", "when": "${who} = 'adult'", "limit": limit, "ending": "full"}],
    )


def test_the_last_place_of_a_quota_is_given_once(house: House) -> None:
    wave_id = field(house, quoted())
    tokens = [begun(wave_id) for _ in range(2)]
    for token in tokens:
        save(token, wave_id, "about", **ADULT)
        save(token, wave_id, "loans", borrows="yes")
        save(token, wave_id, "last", why="x")
    sent = [respond.submit_response(token, wave_id).unwrap() for token in tokens]
    assert [receipt.ending.key if receipt.ending else "" for receipt in sent] == ["", "full"]
    assert fielding.progress(wave_id).by_group == {"adult": 1}
    assert counting.quota_counts(wave_id) == {"adults": 1}
    late = begun(wave_id)
    assert save(late, wave_id, "about", **ADULT).ending is not None
    child = begun(wave_id)
    assert save(child, wave_id, "about", who="child", comes="no").ending is None
    assert counting.ending_counts(wave_id) == {"full": 2}


def test_programs_meet_the_same_logic_endings_and_quotas(house: House) -> None:
    wave_id = field(house, quoted(limit=2))
    row = {"who": "adult", "comes": "no", "borrows": "yes"}
    refused = respond.submit_answers(wave_id, [row, row, row])
    assert codes(refused) == ["response.ended"]
    assert refused.problems[0].where == "row 3, full"
    assert respond.submit_answers(wave_id, [row, row]).unwrap() == 2
    assert counting.quota_counts(wave_id) == {"adults": 2}
    assert "plays" not in stored(wave_id)[0]


def test_people_finish_the_version_they_began(house: House, wave_id: str) -> None:
    token = begun(wave_id)
    save(token, wave_id, "about", **ADULT)
    last = {"key": "last", "items": [{"kind": "short_text", "key": "new", "text": "New?"}]}
    pages = [*instrument().model_dump(mode="json")["pages"][:3], last]
    save_instrument_draft(house.library_id, instrument(pages=pages)).unwrap()
    publish_instrument(house.library_id, "ways").unwrap()
    newest = select(InstrumentVersion.id).where(
        InstrumentVersion.key == "ways", InstrumentVersion.version == 2
    )
    version_id = db.session.scalar(newest)
    db.session.execute(
        update(WaveRow).where(WaveRow.id == wave_id).values(instrument_version_id=version_id)
    )
    db.session.commit()
    save(token, wave_id, "loans", borrows="yes")
    assert codes(respond.save_page(token, wave_id, "last", {"new": "x"})) == [
        "answer.unknown-column"
    ]
    save(token, wave_id, "last", why="old")
    respond.submit_response(token, wave_id).unwrap()
    fresh = begun(wave_id)
    save(fresh, wave_id, "about", **ADULT)
    save(fresh, wave_id, "loans", borrows="yes")
    save(fresh, wave_id, "last", new="young")
    respond.submit_response(fresh, wave_id).unwrap()
    by_version = answers.answered_by_version(wave_id)
    assert [(one.version, len(one.rows)) for one in by_version] == [(1, 1), (2, 1)]
    assert (by_version[0].rows[0]["why"], by_version[1].rows[0]["new"]) == ("old", "young")


def test_a_link_carries_only_values_that_are_declared(wave_id: str) -> None:
    for given, kept in (({"source": "poster"}, "poster"), ({"source": "ann@example.org"}, None)):
        token = begun(wave_id, given=given)
        posted = save(token, wave_id, "about", **ADULT, source="poster-2")
        assert posted.answers["source"] == kept


def test_the_language_that_was_read_is_stored_with_the_response(wave_id: str) -> None:
    token = begun(wave_id, language="de")
    save(token, wave_id, "about", **ADULT)
    save(token, wave_id, "loans", borrows="yes")
    respond.save_page(token, wave_id, "last", {"why": "x"}, language="fr").unwrap()
    respond.submit_response(token, wave_id).unwrap()
    assert db.session.scalars(select(ResponseRow.language)).all() == ["fr"]


# --- files


def with_a_file(house: House, **more: Any) -> str:
    item = {"kind": "file", "key": "picture", "text": "Send one", "types": ["image"], **more}
    page = {"key": "only", "items": [item, {"kind": "short_text", "key": "why", "text": "Why?"}]}
    return field(house, instrument(pages=[page], group_item=None, endings=[]))


def sent_files(wave_id: str) -> list[str]:
    folder = uploads.uploads_folder() / wave_id
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_goes_with_the_response_and_has_no_name_and_no_time(house: House) -> None:
    wave_id = with_a_file(house)
    token = begun(wave_id)
    file_id = keep_file(token, wave_id, "only", "picture", PNG).unwrap()
    save(token, wave_id, "only", picture=file_id)
    respond.submit_response(token, wave_id).unwrap()
    assert stored(wave_id) == [{"picture": [file_id], "why": None}]
    row = db.session.execute(select(UploadRow.draft_id, UploadRow.media_type)).one()
    assert tuple(row) == (None, "image/png")
    path = uploads.path_of(wave_id, file_id)
    assert path.read_bytes() == bare_picture(PNG)
    assert WHERE.encode() not in path.read_bytes()
    assert path.stat().st_mtime == 0


def test_files_that_are_not_sent_leave_the_disk(house: House) -> None:
    wave_id = with_a_file(house)
    kept, other, left = begun(wave_id), begun(wave_id), begun(wave_id)
    files = {t: keep_file(t, wave_id, "only", "picture", PNG).unwrap() for t in (kept, other, left)}
    dropped = keep_file(kept, wave_id, "only", "picture", PNG).unwrap()
    save(kept, wave_id, "only", picture=files[kept])
    respond.submit_response(kept, wave_id).unwrap()
    drafts.discard_draft(other, wave_id).unwrap()
    assert sent_files(wave_id) == sorted([files[kept], files[left]])
    assert dropped not in sent_files(wave_id)


def test_nobody_sends_somebody_else_s_file(house: House) -> None:
    wave_id = with_a_file(house)
    mine, theirs = begun(wave_id), begun(wave_id)
    file_id = keep_file(theirs, wave_id, "only", "picture", PNG).unwrap()
    saved = respond.save_page(mine, wave_id, "only", {"picture": file_id})
    assert codes(saved) == ["answer.not-a-file"]
    assert saved.value is not None
    assert saved.value.answers["picture"] in (None, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "answer.empty-file"),
        (b"MZ\x90\x00 a program", "answer.file-type"),
        (b"%PDF-1.7 a document", "answer.file-type"),
        (b"<html><script>", "answer.file-type"),
        (PNG + b"\0" * 1_000_000, "answer.file-size"),
        (PNG[:60], "answer.picture"),
        (b"\0\0\0\x18ftypheic", "answer.file-type"),
    ],
)
def test_a_file_is_what_its_content_says(house: House, content: bytes, code: str) -> None:
    wave_id = with_a_file(house, max_megabytes=1)
    token = begun(wave_id)
    assert codes(keep_file(token, wave_id, "only", "picture", content)) == [code]
    assert sent_files(wave_id) == []


def test_a_draft_holds_only_so_many_files(house: House) -> None:
    wave_id = with_a_file(house)
    token = begun(wave_id)
    kept = [keep_file(token, wave_id, "only", "picture", PNG) for _ in range(4)]
    assert [codes(one) for one in kept] == [[], [], ["answer.too-many"], ["answer.too-many"]]


def test_files_lie_outside_of_what_is_served(house: House, tmp_path: Path) -> None:
    assert uploads.uploads_folder().is_relative_to(tmp_path)
    assert uploads.uploads_folder().name == "uploads"
