import re
from pathlib import Path

import pytest

from bot.common.replies import Replies, ReplyError, placeholders, replies


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
