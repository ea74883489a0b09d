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
# # 1. Read the results
#
# Which channels can say anything, what do they say, and what keeps the limits apart?
#
# Two words first. *Silent* is what an export shows: no public sign of life within the window.
# *Dormant* is what only people can tell: an analyst looked the follower up. Many who are
# silent read along, so the two shares are not the same thing.

# %%
import altair as alt
import polars as pl
from great_tables import GT, md

import house

found = house.results()
study = found["study"]
shares = house.shares(found)
census = study["census"][:10]
print(f"{study['organisation']}: {study['title']}, census {census}, window {study['window_days']} days")

# %% [markdown]
# ## What each channel can prove
#
# The evidence decides what may be said at all. `ids` and `follow-dates` prove a recent sign of
# life for some followers and nothing about the others; these are undetermined, never dormant.

# %%
evidence = pl.DataFrame(
    [
        {
            "channel": channel["name"],
            "evidence": channel["evidence"],
            "design": channel["design"],
            "followers": channel["followers"],
            "listed": channel["listed"],
            "undetermined": channel["counts"]["undetermined"],
            "labels": (channel["dormant"] or {}).get("labels"),
        }
        for channel in found["channels"]
    ],
    infer_schema_length=None,
).with_columns((pl.col("undetermined") / pl.col("listed")).alias("of the list"))
(
    GT(evidence)
    .tab_header("What each channel can prove", f"Census {census}")
    .fmt_integer(["followers", "listed", "undetermined", "labels"])
    .fmt_percent("of the list", decimals=0)
    .sub_missing(missing_text="–")
    .tab_source_note(md("*undetermined*: the export cannot say when they were last active"))
)

# %% [markdown]
# ## What was found
#
# A dot is an estimate with its interval. A bar without a dot is bounds: the share lies
# somewhere in it, and the data do not say where. The middle of bounds is no estimate.

# %%
order = shares.filter(pl.col("quantity") == "dormant").sort("lower", descending=True)["channel"].to_list()
order += [name for name in shares["channel"].unique(maintain_order=True) if name not in order]
base = alt.Chart(shares).encode(
    y=alt.Y("channel:N", sort=order, title=None),
    color=alt.Color(
        "quantity:N",
        scale=alt.Scale(domain=["dormant", "silent"], range=[house.SILENT, house.MUTED]),
        legend=alt.Legend(orient="top", title=None),
    ),
    yOffset=alt.YOffset("quantity:N", sort=["dormant", "silent"]),
)
axis = alt.X("lower:Q", title="share of the followers", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1]))
bounds = base.transform_filter("datum.estimate === null").mark_bar(height=10, opacity=0.35).encode(x=axis, x2="upper:Q")
intervals = base.transform_filter("datum.estimate !== null").mark_rule(strokeWidth=2.5).encode(x=axis, x2="upper:Q")
points = base.transform_filter("datum.estimate !== null").mark_point(filled=True, size=110, opacity=1).encode(x="estimate:Q")
forest = (bounds + intervals + points).properties(
    height=alt.Step(24),
    title=alt.Title(
        "Dormant by audit, publicly silent by export",
        subtitle=f"Interval of {study['level']:.0%}; bars without a dot are bounds",
    ),
)
forest

# %% [markdown]
# ## What keeps the limits apart
#
# Limits are wide for two reasons, and they have different cures. *Missing* data (undetermined
# followers, unclear labels, followers beyond the list) ask for another export or a second look.
# *Chance* (few labels) asks for more labels. For the silent share of a complete list there is
# no chance at all: its whole width is missing data.

# %%
width = shares.with_columns(
    (pl.col("upper") - pl.col("lower")).alias("width"),
    pl.when(pl.col("method").is_in(["manski-bounds", "newest-worst-case", "no-evidence"]))
    .then(pl.lit("missing data: ask for another export, or audit"))
    .when(pl.col("method") == "audit-bounds")
    .then(pl.lit("unclear labels: look again; then more labels"))
    .otherwise(pl.lit("chance of the draw: more labels"))
    .alias("what would help"),
).sort("width", descending=True)
GT(width.select("channel", "quantity", "width", "what would help")).tab_header(
    "The widest limits first"
).fmt_number("width", scale_by=100, decimals=0, pattern="{x} points")

# %% [markdown]
# ## Which differences are decided
#
# All pairs together are right at the level of the study, so each pair has a higher one.
# `undecided` does not mean equal: the difference may still go either way.

# %%
names = {channel["id"]: channel["name"] for channel in found["channels"]}
pairs = pl.DataFrame(
    [
        {
            "pair": f"{names[pair['a']]} – {names[pair['b']]}",
            "quantity": pair["quantity"],
            "lower": pair["lower"],
            "upper": pair["upper"],
            "finding": pair["finding"],
        }
        for pair in found["comparisons"]
    ],
    schema={"pair": pl.String, "quantity": pl.String, "lower": pl.Float64, "upper": pl.Float64, "finding": pl.String},
)
zero = alt.Chart(pl.DataFrame({"x": [0.0]})).mark_rule(color=house.INK).encode(x="x:Q")
limits = (
    alt.Chart(pairs)
    .transform_calculate(label="datum.pair + ' (' + datum.quantity + ')'")
    .mark_bar(height=8)
    .encode(
        x=alt.X("lower:Q", title="difference in share, first less second", axis=alt.Axis(format="+%")),
        x2="upper:Q",
        y=alt.Y("label:N", title=None, sort=None),
        color=alt.Color(
            "finding:N",
            scale=alt.Scale(
                domain=["larger", "smaller", "undecided"],
                range=[house.SILENT, house.AWAKE, house.UNDETERMINED],
            ),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
)
decided = pairs.filter(pl.col("finding") != "undecided").height
differences = (limits + zero).properties(
    height=alt.Step(26),
    title=alt.Title(f"{decided} of {pairs.height} differences are decided", subtitle="A bar across the line goes either way"),
)
differences

# %% [markdown]
# ## What was not measured
#
# Read these before quoting a number.

# %%
notices = pl.DataFrame(
    [
        {
            "channel": channel["name"],
            "notice": notice["code"],
            "detail": ", ".join(f"{key}: {value}" for key, value in notice.items() if key != "code"),
        }
        for channel in found["channels"]
        for notice in channel["notices"]
    ],
    schema={"channel": pl.String, "notice": pl.String, "detail": pl.String},
)
GT(notices, groupname_col="channel").tab_header("Notices")
