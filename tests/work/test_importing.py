"""What an import makes of the evidence of a delivery."""

from __future__ import annotations

from tests.people.importing.importing_help import run, table
from warmhand.apps.work.models import Commitment

ORDERS = """order id,title,order date,shipped date,evidence
1,Web shop,2026-01-02,2026-02-03,https://docs.example/1
2,Ropes,2026-01-02,2026-02-03,40 coils
3,Sails,2026-01-02,,
"""


def test_something_to_show_is_a_link_or_a_figure(world, tmp_path):
    run(world, table(tmp_path, "orders.csv", ORDERS))
    kinds = dict(Commitment.objects.values_list("source_ref", "evidence_kind"))
    assert kinds == {"1": "link", "2": "figure", "3": "none"}


def test_a_kind_that_the_file_names_stays(world, tmp_path):
    named = ORDERS.replace("evidence\n", "evidence,evidence kind\n", 1).replace(
        "40 coils", "40 coils,file"
    )
    named = named.replace("docs.example/1", "docs.example/1,").replace(",,\n", ",,,\n")
    run(world, table(tmp_path, "orders.csv", named))
    assert Commitment.objects.get(source_ref="2").evidence_kind == "file"
