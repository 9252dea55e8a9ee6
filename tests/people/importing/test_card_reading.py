import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared_data import shared_path
from warmhand.apps.people.importing.limits import Limits
from warmhand.apps.people.importing.problems import ImportRefused
from warmhand.apps.people.importing.reading import open_table
from warmhand.apps.people.importing.rows import Refusal, Row

ADA = "BEGIN:VCARD\nVERSION:3.0\nUID:a1\nFN:Ada Lovelace\nORG:Engines;Research\nEND:VCARD\n"


def read(path, **options):
    with open_table(path, **options) as table:
        return list(table.rows())


def outcome(path, **options):
    """(rows, None), or ([], the code of the whole file's problem)."""
    try:
        return read(path, **options), None
    except ImportRefused as error:
        return [], error.code


def cards(folder, *texts):
    path = folder / "people.vcf"
    path.write_text("".join(texts), "utf-8")
    return path


def codes(rows):
    return [r.problems[0].code if isinstance(r, Refusal) else r.cells["name"] for r in rows]


def test_a_card_becomes_a_row(tmp_path):
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Lovelace;Ada;;;\nitem1.ORG:Engines;Research\nTITLE:Count\n"
        " ess\nEMAIL;TYPE=work:ada@engines.org\nEMAIL:ada@home.org\nTEL:+44 20 7946 0018\n"
        "ADR;TYPE=work:;;1 Street;London;;N1;United Kingdom\nEND:VCARD\n"
    )
    (row,) = read(cards(tmp_path, text))
    wanted = {
        "name": "Ada Lovelace", "organisation": "Engines", "department": "Research",
        "title": "Countess", "email 1": "ada@engines.org", "email 2": "ada@home.org",
        "phone 1": "+44 20 7946 0018", "country": "United Kingdom",
    }  # fmt: skip
    assert {name: cell for name, cell in row.cells.items() if cell} == wanted


def test_one_unreadable_card_is_refused_and_the_others_are_kept(tmp_path):
    rows = read(cards(tmp_path, ADA, "BEGIN:VCARD\nFN:No end\n", ADA, "BEGIN:VCARD\nEND:VCARD\n"))
    assert codes(rows) == ["Ada Lovelace", "card_not_closed", "Ada Lovelace", "value_missing"]
    assert [row.line for row in rows] == [1, 7, 9, 15]


def test_a_file_without_a_card(tmp_path):
    with pytest.raises(ImportRefused) as caught:
        read(cards(tmp_path, "hello\n"))
    assert caught.value.problem.code == "no_card"


def test_quoted_printable_that_a_telephone_cut_in_mid_letter(tmp_path):
    text = (
        "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91and=C3=BA =\n"
        "L=C3=B3pez=C3\nTEL;CELL:0123456\nEND:VCARD\n"
    )
    assert codes(read(cards(tmp_path, text))) == ["Ñandú López"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("NOTE:" + "x" * 70_000 + "\n", "card_line_too_long"),
        ("NOTE:x\n" + " xxxxxxxxx\n" * 8_000, "card_line_too_long"),
        ("TEL:1\n" * 201, "card_too_many_properties"),
        ("BEGIN:X\n" * 5 + "END:X\n" * 5, "card_too_deep"),
    ],
)
def test_a_card_beyond_the_bounds_is_refused_alone(tmp_path, body, code):
    bad = f"BEGIN:VCARD\nFN:Bad\n{body}END:VCARD\n"
    assert codes(read(cards(tmp_path, ADA, bad, ADA))) == ["Ada Lovelace", code, "Ada Lovelace"]


def test_a_nested_agent_is_part_of_its_card(tmp_path):
    agent = "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\n" + ADA + "END:VCARD\n"
    assert codes(read(cards(tmp_path, agent))) == ["Boss"]


def test_more_cards_than_the_limit(tmp_path):
    with pytest.raises(ImportRefused) as caught:
        read(cards(tmp_path, ADA * 4), limits=Limits(rows=3))
    assert caught.value.problem.code == "too_many_rows"


def test_the_cards_of_other_programs_are_read():
    """21 files hold 18 cards, one without an end; three hold the path of another file."""
    kept, refused, none = 0, [], 0
    for path in sorted(shared_path("vcards").glob("*.vcf")):
        rows, code = outcome(path)
        none += code == "no_card"
        kept += sum(isinstance(row, Row) for row in rows)
        refused += [path.name for row in rows if isinstance(row, Refusal)]
    assert (kept, refused, none) == (17, ["khard_unparsable.vcf"], 3)


@pytest.mark.parametrize(
    ("name", "count"),
    [("John_Doe_ANDROID.vcf", 6), ("John_Doe_MS_OUTLOOK.vcf", 1), ("rfc6350-example.vcf", 1)],
)
def test_the_cards_of_telephones_and_mail_programs_are_read(name, count):
    rows = read(shared_path("vcard") / name)
    assert [type(row) for row in rows] == [Row] * count


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
PIECES = st.sampled_from(
    ["BEGIN:VCARD\n", "END:VCARD\n", "FN:Ada\n", "AGENT:\n", "BEGIN:X\n", "END:X\n", "N:;;\n",
     "FN;ENCODING=QUOTED-PRINTABLE:=C3=\n", "EMAIL;;:\n", "TEL;VALUE=uri:tel:+1\n", " fold\n"]
)  # fmt: skip


@given(st.lists(PIECES | LINE, max_size=30))
def test_any_lines_give_rows_or_refusals_in_the_order_of_the_file(tmp_path_factory, pieces):
    path = cards(tmp_path_factory.mktemp("cards"), "BEGIN:VCARD\n", *pieces)
    rows, code = outcome(path, encoding="utf-8")
    assert code in {None, "no_card", "binary_file"}
    assert [row.line for row in rows] == sorted({row.line for row in rows})


@given(st.lists(st.tuples(LINE, st.emails()), min_size=1, max_size=8))
def test_every_good_card_is_read(tmp_path_factory, people):
    def card(name, email):
        plain = " ".join(c for c in name.split() if c.isalnum()) or "Nobody"
        return plain, f"BEGIN:VCARD\nVERSION:3.0\nFN:{plain}\nEMAIL:{email}\nEND:VCARD\n"

    made = [card(*person) for person in people]
    path = cards(tmp_path_factory.mktemp("cards"), *(text for _, text in made))
    assert codes(read(path, encoding="utf-8")) == [name for name, _ in made]
