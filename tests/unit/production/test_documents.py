"""Papers: only those that exist, only to those who may have them, the very bytes, and never from outside the folder."""

import hashlib
import os
import re
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from actions.production import views
from actions.production.certificates import CertificateAnswer, certificate_possible
from actions.production.demo import NotADemoError, write_papers
from actions.production.demo.pdf import page
from actions.production.documents import DocumentFile, documents_of, documents_of_heat, find_document, hand_out

from .conftest import TODAY, identity_of


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture(scope="module")
def papers(plant: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    write_papers(plant, folder)
    return folder


def document_id(engine: Engine, order_no: str, kind: str) -> str:
    view = views.document.c
    with engine.connect() as connection:
        found = connection.scalar(select(view.document_id).where(view.order_no == order_no, view.type == kind))
    assert found
    return str(found)


def test_the_papers_of_an_order_are_listed(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = documents_of(plant, kari, "SO-30412")
    assert {each.type for each in found} == {"order_confirmation", "delivery_note", "invoice", "certificate_3.1"}
    assert all(each.may_have for each in found)
    assert [each.type for each in documents_of(plant, kari, "so-30412", kind="certificate")] == ["certificate_3.1"]
    heat = documents_of(plant, kari, "SO-30412", 1, "certificate_3.1")[0].heat_no
    assert heat
    assert [each.order_no for each in documents_of_heat(plant, kari, heat)] == ["SO-30412"]
    assert documents_of_heat(plant, identity_of(plant, "demo-jens"), heat) == []


def test_papers_with_prices_are_for_those_who_may_see_them(plant: Engine, papers: Path) -> None:
    hanne = identity_of(plant, "demo-hanne")
    may = {each.type: each.may_have for each in documents_of(plant, hanne, "SO-30412")}
    assert may == {"order_confirmation": False, "delivery_note": True, "invoice": False, "certificate_3.1": True}
    assert hand_out(plant, hanne, document_id(plant, "SO-30412", "invoice"), papers).code == "no_right_to_prices"
    assert hand_out(plant, hanne, document_id(plant, "SO-30412", "certificate_3.1"), papers).ok


def test_a_type_nobody_knows_counts_as_one_with_prices(own_plant: Engine) -> None:
    change(own_plant, "UPDATE document SET type = 'settlement' WHERE type = 'delivery_note'")
    hanne = identity_of(own_plant, "demo-hanne")
    assert not next(each for each in documents_of(own_plant, hanne, "SO-30412") if each.type == "settlement").may_have


def test_the_very_bytes_are_handed_out(plant: Engine, papers: Path) -> None:
    kari = identity_of(plant, "demo-kari")
    found = hand_out(plant, kari, document_id(plant, "SO-30412", "certificate_3.1"), papers)
    assert found.document
    data = (papers / found.document.file_name).read_bytes()
    assert (found.data, found.sha256) == (data, hashlib.sha256(data).hexdigest())
    assert (found.name, found.media_type) == (found.document.file_name, "application/pdf")


def test_another_customers_paper_and_none_are_the_same_answer(plant: Engine, papers: Path) -> None:
    jens = identity_of(plant, "demo-jens")
    assert documents_of(plant, jens, "SO-30412") == documents_of(plant, jens, "SO-99999") == []
    theirs = document_id(plant, "SO-30412", "delivery_note")
    assert find_document(plant, jens, theirs) is None
    assert hand_out(plant, jens, theirs, papers) == hand_out(plant, jens, "DOC-0", papers)
    assert hand_out(plant, jens, theirs, papers) == DocumentFile("document_unknown")


@pytest.mark.parametrize("name", [
    "../secret.pdf", "/etc/passwd", "sub/../../secret.pdf", "link.pdf", "folder", "", ".", "missing.pdf", "pipe",
    "x" * 300, "nul\0.pdf",
])  # fmt: skip
def test_no_name_leads_out_of_the_folder(own_plant: Engine, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "documents"
    (folder / "folder").mkdir(parents=True)
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-1.4 secret")
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    os.mkfifo(folder / "pipe")
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE document SET file_name = :name WHERE order_no = 'SO-30412'"), {"name": name})
    found = hand_out(
        own_plant, identity_of(own_plant, "demo-kari"), document_id(own_plant, "SO-30412", "invoice"), folder
    )
    assert (found.code, found.data) == ("file_missing", b"")


def test_a_file_in_a_folder_below_is_found_and_a_web_page_is_only_a_download(own_plant: Engine, tmp_path: Path) -> None:
    (tmp_path / "2027").mkdir()
    (tmp_path / "2027" / "page.html").write_bytes(b"<script>")
    change(own_plant, "UPDATE document SET file_name = '2027/page.html' WHERE order_no = 'SO-30412'")
    found = hand_out(
        own_plant, identity_of(own_plant, "demo-kari"), document_id(own_plant, "SO-30412", "invoice"), tmp_path
    )
    assert (found.name, found.media_type, found.data) == ("page.html", "application/octet-stream", b"<script>")


def test_no_folder_is_a_missing_file(plant: Engine, tmp_path: Path) -> None:
    kari = identity_of(plant, "demo-kari")
    assert hand_out(plant, kari, document_id(plant, "SO-30412", "invoice"), tmp_path / "nowhere").code == "file_missing"


def test_every_document_of_the_plant_has_a_file_marked_specimen(plant: Engine, papers: Path) -> None:
    with plant.connect() as connection:
        names = set(connection.scalars(select(views.document.c.file_name)))
    assert names == {path.name for path in papers.glob("*.pdf")}
    for name in sorted(names)[::97]:
        data = (papers / name).read_bytes()
        assert data.count(b"SPECIMEN") >= 3
        assert data.startswith(b"%PDF-1.4")


def test_writing_again_gives_the_same_bytes_and_clears_what_is_gone(plant: Engine, tmp_path: Path) -> None:
    write_papers(plant, tmp_path)
    (tmp_path / "SO-1-old.pdf").write_bytes(b"old")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("SO-304*.pdf")}
    write_papers(plant, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("SO-304*.pdf")} == before
    assert not (tmp_path / "SO-1-old.pdf").exists()


def test_a_folder_with_other_files_is_left_alone(plant: Engine, tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"real")
    with pytest.raises(NotADemoError):
        write_papers(plant, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["real.pdf"]


def test_a_page_keeps_its_offsets_whatever_stands_on_it() -> None:
    data = page("Tittel (æøå) \\", ["Prøve – 3,5 €", "日本"], "SPECIMEN", "w")
    for number, place in enumerate(re.findall(rb"(\d{10}) 00000 n", data), start=1):
        assert data[int(place) :].startswith(b"%d 0 obj" % number)
    assert b"\\(\xe6\xf8\xe5\\) \\\\" in data


def answer(engine: Engine, order_no: str, certificate: str = "3.1", contact: str = "demo-kari") -> CertificateAnswer:
    return certificate_possible(engine, identity_of(engine, contact), order_no, 1, certificate, TODAY)


@pytest.mark.parametrize(
    ("order_no", "certificate", "code", "reason"),
    [
        ("SO-30412", "3.1", "exists", None),
        ("SO-30417", "3.1", "ordered", None),
        ("SO-30406", "3.1", "possible", None),
        ("SO-30405", "3.2", "possible", None),
        ("SO-30419", "3.2", "no_longer", "moulded"),
        ("SO-30420", "3.1", "chemistry_only", "poured"),
        ("SO-30409", "3.1", "chemistry_only", "poured"),
        ("SO-30411", "3.2", "no_longer", "shipped"),
        ("SO-30413", "3.1", "no_longer", "cancelled"),
        ("SO-30420", "2.1", "possible", None),
        ("SO-30441", "3.1", "line_unknown", None),
    ],
)
def test_a_certificate_exists_is_ordered_possible_or_too_late(
    plant: Engine, order_no: str, certificate: str, code: str, reason: str | None
) -> None:
    found = answer(plant, order_no, certificate)
    assert (found.code, found.reason) == (code, reason)
    assert bool(found.documents) == (code == "exists")


def test_the_latest_day_for_a_3_1_is_the_day_of_pouring(own_plant: Engine) -> None:
    change(own_plant, "UPDATE order_line SET certificate = '2.2' WHERE order_no IN ('SO-30405', 'SO-30419')")
    for order_no in ("SO-30405", "SO-30419"):
        found = answer(own_plant, order_no)
        assert (found.code, found.latest_step) == ("possible", "pouring")
        with own_plant.connect() as connection:
            view = views.operation.c
            planned = connection.scalar(
                select(view.planned_start).where(view.order_no == order_no, view.code == "melting")
            )
        assert found.latest == planned
    assert answer(own_plant, "SO-30405", "3.2").latest_step == "moulding"


def test_a_works_order_that_waits_can_still_have_it_when_another_is_poured(own_plant: Engine) -> None:
    change(own_plant, "UPDATE order_line SET certificate = '2.2' WHERE order_no = 'SO-30419'")
    change(own_plant, "UPDATE works_order SET order_no = 'SO-30420' WHERE order_no = 'SO-30419'")
    found = answer(own_plant, "SO-30420")
    assert (found.code, found.reason, found.latest_step) == ("possible_for_rest", "poured", "pouring")


def test_an_ordered_certificate_tells_the_planned_day(plant: Engine) -> None:
    assert answer(plant, "SO-30417").expected is not None


def test_a_certificate_type_that_does_not_exist_is_refused(plant: Engine) -> None:
    with pytest.raises(ValueError, match=r"3\.4"):
        answer(plant, "SO-30417", "3.4")
