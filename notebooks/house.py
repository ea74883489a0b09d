"""What the notebooks share: the artefacts of a run, and the look of the charts.

A notebook reads what `dormouse run` wrote and nothing else: `../out`, or the folder that
the variable DORMOUSE_OUT names.
"""

import json
import os
from pathlib import Path

import altair as alt
import polars as pl

OUT = Path(os.environ.get("DORMOUSE_OUT", "../out"))

# The palette of the briefing: each pair keeps apart in grey and for colour-blind readers.
AWAKE, SILENT, UNDETERMINED = "#12436d", "#d55e00", "#8a8f94"
INK, MUTED, GRID = "#202428", "#595959", "#d0d5da"


def results() -> dict:
    """`results.json`, refused when its shape is another than these notebooks know."""
    found = json.loads((OUT / "results.json").read_text(encoding="utf-8"))
    if found["schema_version"] != 1:
        raise ValueError(f"schema_version 1 expected, found {found['schema_version']}")
    return found


def shares(found: dict) -> pl.DataFrame:
    """One row a channel and quantity: estimate (null for bounds), lower and upper limit."""
    rows = []
    for channel in found["channels"]:
        for quantity in ("dormant", "silent"):
            if share := channel.get(quantity):
                rows.append(
                    {
                        "channel": channel["name"],
                        "quantity": quantity,
                        "estimate": share.get("estimate"),
                        "lower": share["lower"],
                        "upper": share["upper"],
                        "labels": share.get("labels"),
                        "method": share["method"],
                    }
                )
    return pl.DataFrame(
        rows,
        schema={
            "channel": pl.String,
            "quantity": pl.String,
            "estimate": pl.Float64,
            "lower": pl.Float64,
            "upper": pl.Float64,
            "labels": pl.Int64,
            "method": pl.String,
        },
    )


def curve(found: dict) -> pl.DataFrame:
    """The silent share for each window, as bounds: one row a channel and window."""
    return pl.DataFrame(
        [
            {"channel": channel["name"], **point}
            for channel in found["channels"]
            for point in channel["curve"]
        ],
        schema={
            "channel": pl.String,
            "window_days": pl.Int64,
            "lower": pl.Float64,
            "upper": pl.Float64,
        },
    )


def percent(share: float | None) -> str:
    """A share for reading: "48%"; "–" where there is none."""
    return "–" if share is None else f"{share:.0%}"


@alt.theme.register("house", enable=True)
def _look() -> alt.theme.ThemeConfig:
    font = "Atkinson Hyperlegible Next, Segoe UI, Arial, sans-serif"
    return {
        "config": {
            "font": font,
            "background": "white",
            "padding": 12,
            "view": {"stroke": None, "continuousWidth": 560},
            "title": {
                "anchor": "start",
                "color": INK,
                "fontSize": 17,
                "subtitleColor": MUTED,
                "subtitleFontSize": 12.5,
                "subtitlePadding": 6,
                "offset": 16,
            },
            "axis": {
                "labelColor": INK,
                "titleColor": MUTED,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": GRID,
                "domainColor": GRID,
                "tickColor": GRID,
                "labelLimit": 260,
            },
            "header": {"labelFontSize": 13, "labelColor": INK, "labelFontWeight": "bold"},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
            "text": {"fontSize": 12, "color": INK},
        }
    }
