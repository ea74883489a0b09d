"""Each notebook is kept twice: as text that diffs well, and as what Jupyter opens."""

from pathlib import Path

import jupytext
import pytest

HERE = Path(__file__).parent
NOTEBOOKS = sorted(HERE.glob("[0-9]*.py"))


def test_there_are_notebooks_and_each_has_its_pair():
    assert NOTEBOOKS
    assert [path.with_suffix(".ipynb") for path in NOTEBOOKS] == sorted(HERE.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_pair_says_the_same_and_keeps_no_results(path):
    text, opened = jupytext.read(path), jupytext.read(path.with_suffix(".ipynb"))
    cells = [[(cell.cell_type, cell.source) for cell in one.cells] for one in (text, opened)]
    assert cells[0] == cells[1], f"run: jupytext --sync {path.name}"
    assert not any(cell.get("outputs") for cell in opened.cells), "clear the outputs before committing"
