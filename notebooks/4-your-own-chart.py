# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4. Your own chart
#
# The charts of the briefing answer its questions; yours may be others. This notebook makes one
# from the artefacts, step by step, with what a chart for the public needs: numbers with their
# limits, a title that the limits allow, colours that can be told apart, and an alternative text.
#
# The question here: of the followers on the counter, how many can we count on, and what does a
# thousand of them cost?

# %%
import tempfile
from pathlib import Path

import altair as alt
import polars as pl

import house

found = house.results()
study = found["study"]

# %% [markdown]
# ## 1. Take the numbers, with their limits
#
# `awake` is the number of followers who are not dormant, by the audit: `lower` and `upper`
# come from the limits of the dormant share. A channel without an audit has none, and a chart
# that says nothing about it must say that it does not.

# %%
rows, left_out = [], []
for channel in found["channels"]:
    awake = channel.get("awake")
    if not awake or not channel["followers"]:
        left_out.append(channel["name"])
        continue
    cost = channel.get("cost") or {}
    rows.append(
        {
            "channel": channel["name"],
            "counter": channel["followers"],
            "lower": awake["lower"],
            "upper": awake["upper"],
            "cost_lower": 1000 * cost["lower"] if cost.get("lower") is not None else None,
            "cost_upper": 1000 * cost["upper"] if cost.get("upper") is not None else None,
        }
    )
reach = pl.DataFrame(
    rows,
    schema={
        "channel": pl.String,
        "counter": pl.Int64,
        "lower": pl.Float64,
        "upper": pl.Float64,
        "cost_lower": pl.Float64,
        "cost_upper": pl.Float64,
    },
).sort("lower", descending=True)
print("not in the chart, no audit:", ", ".join(left_out) or "none")
reach

# %% [markdown]
# ## 2. Let the limits write the title
#
# A title typed by hand lies sooner or later. This one says what the lower limits allow, and
# changes when the numbers do. Limits are rounded outward: down for the lower one, up for the upper.

# %%
import math

total = reach["counter"].sum()
least, most = math.floor(reach["lower"].sum()), math.ceil(reach["upper"].sum())
first = reach.row(0, named=True)
second = reach.row(1, named=True) if reach.height > 1 else None
leads = second is None or first["lower"] > second["upper"]
title = (
    f"{first['channel']} reaches the most followers who are awake"
    if leads
    else f"Of {total:,} followers, {least:,} to {most:,} are awake"
)
subtitle = f"Counter of the platform, and followers who are not dormant ({study['level']:.0%} limits), {study['census'][:10]}"
title

# %% [markdown]
# ## 3. Draw it
#
# Length from zero for what is counted, a bar between limits for what is estimated. The second
# cue beside the colour is the shape: a ring for the counter, a bar for the estimate.

# %%
order = reach["channel"].to_list()
base = alt.Chart(reach).encode(y=alt.Y("channel:N", sort=order, title=None))
followers = alt.layer(
    base.mark_rule(color=house.GRID, strokeWidth=1.5).encode(x=alt.X("lower:Q"), x2="counter:Q"),
    base.mark_bar(color=house.AWAKE, height=13).encode(
        x=alt.X("lower:Q", title="followers", axis=alt.Axis(format=",d"), scale=alt.Scale(zero=True)), x2="upper:Q"
    ),
    base.mark_point(shape="circle", size=130, strokeWidth=2.5, color=house.MUTED, fill="white", opacity=1).encode(x="counter:Q"),
    base.transform_calculate(label="format(floor(datum.lower), ',') + ' to ' + format(ceil(datum.upper), ',')")
    .mark_text(dy=-15, align="left", fontWeight="bold")
    .encode(x="lower:Q", text="label:N"),
).properties(width=380, height=alt.Step(52))
cost = alt.layer(
    base.mark_bar(color=house.SILENT, height=13).encode(
        x=alt.X("cost_lower:Q", title="€ a month for a thousand of them", axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True)),
        x2="cost_upper:Q",
        y=alt.Y("channel:N", sort=order, title=None, axis=None),
    ),
    base.transform_filter("datum.cost_lower !== null")
    .transform_calculate(label="'€ ' + format(datum.cost_lower, '.2f') + ' to ' + format(datum.cost_upper, '.2f')")
    .mark_text(dy=-15, align="right", fontWeight="bold")
    .encode(x="cost_upper:Q", y=alt.Y("channel:N", sort=order, title=None, axis=None), text="label:N"),
).properties(width=230, height=alt.Step(52))
own = (followers | cost).properties(title=alt.Title(title, subtitle=[subtitle, "Ring: the counter. Bar: awake, between its limits"]))
own

# %% [markdown]
# ## 4. Check the colours
#
# Marks need a contrast of 3 to 1 with the paper, text one of 4.5 (WCAG 2.1, 1.4.3 and 1.4.11).


# %%
def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str = "#ffffff") -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


for name, colour, least_contrast in [
    ("awake", house.AWAKE, 3),
    ("cost", house.SILENT, 3),
    ("counter", house.MUTED, 3),
    ("text", house.INK, 4.5),
]:
    print(f"{name}: {contrast(colour):.1f}, at least {least_contrast}")
    assert contrast(colour) >= least_contrast

# %% [markdown]
# ## 5. Say it in words
#
# The alternative text says what a reader who cannot see the chart must know. Put it beside the
# picture wherever it goes; `save` writes it into the SVG too.

# %%
sentences = [
    f"{row['channel']}: {row['counter']:,} on the counter, {math.floor(row['lower']):,} to {math.ceil(row['upper']):,} awake"
    for row in reach.iter_rows(named=True)
]
alternative = f"{title}. " + "; ".join(sentences) + "."
if left_out:
    alternative += f" Not in the chart, for want of an audit: {', '.join(left_out)}."
own = own.properties(description=alternative)
alternative

# %%
folder = Path(tempfile.mkdtemp(prefix="my-chart-"))
own.save(folder / "my-chart.svg")
own.save(folder / "my-chart.png", ppi=144)
print("written:", *sorted(path.name for path in folder.iterdir()), "in", folder)
