"""VAT decides answers, so what is taken of it is told, with its ground, its sum and what follows if it is otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import run_once

from mba.report.words import about

FEW = ("--draws", "400")


def written(folder: Path, id_: str, price: int, kind: str = "private", **given: Any) -> Path:
    """A board whose one function, £900,000 in-house, a supplier of the kind offers for a price before VAT."""
    offer = {"mode": "buy", "cost": price, "supplier": "tarn"}
    row = {"id": id_, "annual_cost": 900_000, "current": "make", "quotes": [offer], **given}
    board = {"name": "X", "kind": "icb", "population": 1_000_000, "budget_per_head": 3, "from": "2027-04-01"}
    sellers = [{"id": "tarn", "name": "Tarn", "kind": kind, "stability": 4}]
    path = folder / "x.json"
    path.write_text(json.dumps({"organisation": board, "suppliers": sellers, "functions": [row]}), "utf-8")
    return path


def told(path: Path) -> dict[str, str]:
    """What each command says of it, in one line each."""
    id_ = json.loads(path.read_text("utf-8"))["functions"][0]["id"]
    words = {
        "check": ("check", path),
        "screen": ("assess", path, *FEW),
        "explain": ("explain", path, id_, *FEW),
        "paper": ("export", path, *FEW),
    }
    return {name: " ".join(run_once(*each).out.split()) for name, each in words.items()}


def test_vat_that_the_catalogue_calls_recoverable_is_told_wherever_it_decides(tmp_path: Path) -> None:
    said = told(written(tmp_path, "information-technology", 690_000))
    assert "VAT when bought outside the NHS recoverable. Information technology: make if charged" in said["check"]
    assert "; if VAT is charged, make" in said["screen"]
    assert "Make, if VAT when bought outside the NHS is charged instead of the assumed recoverable." in said["explain"]
    assert "VAT on what is bought is taken to be recoverable: from the catalogue." in said["explain"]
    vat = about(0.2 * 690_000)
    row = f"Information technology: whether VAT of {vat} a year is recovered; if not, make | Finance lead"
    assert row in said["paper"]
    assert "VAT when bought outside the NHS recoverable" in said["paper"].split("From the catalogue")[1]


def test_vat_that_is_recovered_stands_beside_the_costs_and_in_no_sum(tmp_path: Path) -> None:
    path = written(tmp_path, "information-technology", 690_000)
    lines = run_once("explain", path, "information-technology", *FEW).out.splitlines()
    rows = {line[:36].strip(): line[36:].split() for line in lines if line}
    assert rows["VAT, taken to be recovered: in no sum"[:36]][-1] == "138,000"
    (parts,) = (
        option["parts"]
        for option in json.loads(run_once("assess", path, "--draws", "0", "--format", "json").out)["functions"][0][
            "options"
        ].values()
        if option["quoted"]
    )
    assert rows["In all"][-1] == f"{sum(part['pounds'] for part in parts):,}"
    assert "vat" not in {part["part"] for part in parts}


def test_vat_that_is_charged_by_default_is_told_where_recovering_it_would_decide(tmp_path: Path) -> None:
    said = told(written(tmp_path, "non-clinical-procurement", 690_000, flags=["transactional"], name="Buying"))
    assert "VAT when bought outside the NHS charged. Buying: make if charged; buy if recoverable." in said["check"]
    assert "VAT on what is bought is taken to be charged: nothing said, so the default." in said["explain"]
    assert "Buying: whether VAT of £138,000 a year is recovered; if so, buy" in said["paper"]


@pytest.mark.slow
@pytest.mark.parametrize("vat", ["recoverable", "charged"])
def test_vat_that_was_said_is_given_and_is_asked_of_nobody(vat: str, tmp_path: Path) -> None:
    said = told(written(tmp_path, "information-technology", 690_000, vat=vat))
    assert f"VAT on what is bought is taken to be {vat}: given." in said["explain"]
    assert "VAT when bought outside the NHS" not in said["check"]
    assert "if VAT" not in said["screen"]
    assert "whether VAT" not in said["paper"]


def test_a_move_that_takes_vat_to_be_recovered_has_it_completed_though_it_decides_nothing(tmp_path: Path) -> None:
    said = told(written(tmp_path, "information-technology", 300_000))
    assert "Information technology: whether VAT of £60,000 a year is recovered | Finance lead" in said["paper"]
    assert "if VAT" not in said["screen"]


def test_of_whom_the_nhs_owns_nothing_is_said_of_vat(tmp_path: Path) -> None:
    said = told(written(tmp_path, "information-technology", 690_000, kind="nhs-body"))
    assert not any("VAT on" in words or "VAT, taken" in words or "whether VAT" in words for words in said.values())
    assert "VAT when" not in said["check"]
