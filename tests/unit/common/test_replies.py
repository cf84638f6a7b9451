import re
import shutil
from pathlib import Path

import pytest

from bot.common.replies import REPLIES, Replies, ReplyError, placeholders, replies


def _write(folder: Path, language: str, **files: str) -> None:
    (folder / language).mkdir()
    for name, content in files.items():
        (folder / language / f"{name}.yml").write_text(content, encoding="utf-8")


def test_the_texts_of_the_project_agree_in_every_language() -> None:
    assert set(Replies().languages) >= {"nb", "en"}


def test_a_text_missing_in_one_language_fails_at_start(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a="utter_x: hei\nutter_y: du")
    _write(tmp_path, "en", a="utter_x: hi")
    with pytest.raises(ReplyError, match="utter_y"):
        Replies(tmp_path)


def test_another_placeholder_in_one_language_fails_at_start(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a='utter_x: "{navn}"')
    _write(tmp_path, "en", a='utter_x: "{name}"')
    with pytest.raises(ReplyError, match="utter_x"):
        Replies(tmp_path)


def test_a_term_missing_in_one_language_fails_at_start(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a="utter_x: a", terms="status.shipped: sendt")
    _write(tmp_path, "en", a="utter_x: a", terms="{}")
    with pytest.raises(ReplyError, match=r"status\.shipped"):
        Replies(tmp_path)


def test_the_same_name_in_two_files_fails_at_start(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a="utter_x: a", b="utter_x: b")
    with pytest.raises(ReplyError, match="another file"):
        Replies(tmp_path)


def test_a_value_nobody_gave_is_an_error_and_never_shown_raw(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a='utter_x: "hei {name}"')
    with pytest.raises(ReplyError, match="name"):
        Replies(tmp_path).render("nb", "utter_x")


def test_parts_join_on_lines_or_on_the_same_line(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a='utter_x: "{n:int} stk"\nutter_y: klar')
    parts = [{"reply": "utter_x", "n": 1400}, {"reply": "utter_y", "join": " "}, {"reply": "utter_y"}]
    assert Replies(tmp_path).compose("nb", parts) == "1\N{NO-BREAK SPACE}400 stk klar\nklar"


def test_a_choice_is_sent_as_its_title_unless_it_says_otherwise(tmp_path: Path) -> None:
    _write(tmp_path, "nb", a="utter_yes: ja")
    choices = Replies(tmp_path).choices("nb", [{"reply": "utter_yes", "payload": "/affirm"}, {"title": "RG5"}])
    assert choices == [{"title": "ja", "payload": "/affirm"}, {"title": "RG5", "payload": "RG5"}]


def test_placeholders_are_names_without_formats() -> None:
    assert placeholders("{a:date} {b} og {a:week}") == {"a", "b"}


def test_every_line_of_a_read_back_is_a_label_and_a_value() -> None:
    """A card shows them in two columns."""
    loaded = replies()
    for language, texts in loaded.texts.items():
        for name in (name for name in texts if name.startswith("utter_line_")):
            assert re.match(r"[^:]+: \S", texts[name].replace("{question:term}", "x")), (language, name)
    assert loaded.line("nb", {"reply": "utter_line_quantity", "value": 40}) == ("Antall", "40 stk")


def test_a_third_language_is_a_folder(tmp_path: Path) -> None:
    """Every text of the conversation in an invented translation: figures in its own way, nothing of another language."""
    shutil.copytree(REPLIES, tmp_path / "replies")
    shutil.copytree(REPLIES / "en", tmp_path / "replies" / "sv")
    told = tmp_path / "replies" / "sv" / "tasks.yml"
    told.write_text(
        told.read_text(encoding="utf-8")
        .replace("Is this right? Shall I send it to sales?", "Stämmer det? Ska jag skicka det?")
        .replace("{value:num} kg each", "{value:num} kg styck"),
        encoding="utf-8",
    )
    found = Replies(tmp_path / "replies")
    assert found.languages == ["en", "nb", "sv"]
    parts = [
        {"reply": "utter_line_weight", "value": 2.8}, {"reply": "utter_line_delivery_week", "value": "2027-W20"},
        {"reply": "utter_ask_confirmation"},
    ]  # fmt: skip
    said = found.compose("sv", parts)
    assert "2,8 kg styck" in said, "the decimal comma is the language's own"
    assert said.endswith("Stämmer det? Ska jag skicka det?")
    (tmp_path / "replies" / "sv" / "talk.yml").unlink()
    with pytest.raises(ReplyError, match="sv: no text for"):
        Replies(tmp_path / "replies")
