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
# # 3. The multiverse
#
# Somebody has to choose: which days of silence, what to do with those whose activity is
# unknown, with accounts that never posted, with suspected bots, with duplicates. Each choice
# can be defended. So the silent share was computed under all of them together. This notebook
# asks how far the answers lie apart, which choice moves them, and whether a decision hangs on
# a choice that nobody would notice.
#
# The specifications are no sample of anything: a share of them is not a probability.

# %%
import altair as alt
import polars as pl
from great_tables import GT

import house

found = house.results()
names = {channel["id"]: channel["name"] for channel in found["channels"]}
AXES = ["window_days", "undetermined", "never_posted", "bots", "duplicates"]
every = (
    pl.read_parquet(house.OUT / "multiverse.parquet")
    .with_columns(
        pl.col("channel").replace(names),
        pl.col("window_days").cast(pl.String),
    )
    .filter(pl.col("share").is_not_null())
)
# Any dated sign of life is the main specification; posts alone is the other kind.
signs = every.filter(pl.col("signs") == "any")
print(f"{every.height} answers, {signs.height} of them from any sign of life")

# %% [markdown]
# ## How far the answers lie apart
#
# Every answer is one line, sorted; the ring is the main specification, which was declared
# before any result. A flat line is a channel whose answer does not depend on the choices. A
# channel that jumps from nobody to everybody is one whose export says nothing: there the
# answer is the choice itself.

# %%
ranked = signs.sort("channel", "share").with_columns(pl.int_range(pl.len()).over("channel").alias("rank"))
specification = alt.Chart(ranked).encode(x=alt.X("rank:Q", title="specifications, sorted", axis=alt.Axis(grid=False)))
curves = alt.layer(
    specification.mark_rule(color=house.AWAKE, opacity=0.25).encode(
        y=alt.Y("lower:Q", title="silent share", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])), y2="upper:Q"
    ),
    specification.mark_point(filled=True, size=14, color=house.AWAKE, opacity=1).encode(y="share:Q"),
    specification.transform_filter("datum.main").mark_point(size=170, strokeWidth=3, color=house.SILENT).encode(y="share:Q"),
).properties(width=190, height=230)
spread = signs.group_by("channel").agg((pl.col("share").max() - pl.col("share").min()).alias("spread")).sort("spread")
steady = spread.row(0, named=True)
fan = curves.facet(column=alt.Column("channel:N", title=None)).properties(
    title=alt.Title(
        f"{steady['channel']} depends least on the choices: {100 * steady['spread']:.0f} points from end to end",
        subtitle="Each dot is one defensible set of choices with its interval; the ring is the main one",
    )
)
fan

# %% [markdown]
# ## Which choice moves the answer
#
# Change one choice and hold all others: by how much does the answer move? The mean of that
# over all settings of the others, in points. The longest bar is the choice to defend in the
# methods section; a bar near nothing is one that needs no debate.

# %%
moves = pl.concat(
    [
        signs.group_by("channel", *[axis for axis in AXES if axis != moved])
        .agg((pl.col("share").max() - pl.col("share").min()).alias("move"))
        .group_by("channel")
        .agg(pl.col("move").mean())
        .with_columns(pl.lit(moved.replace("_", " ")).alias("choice"))
        for moved in AXES
    ]
)
largest = moves.sort("move", descending=True).group_by("channel", maintain_order=True).first()
for channel, move, choice in largest.select("channel", "move", "choice").iter_rows():
    print(f"{channel}: most by '{choice}', {100 * move:.0f} points on average")
bars = (
    alt.Chart(moves)
    .mark_bar(color=house.AWAKE, height=14)
    .encode(
        x=alt.X("move:Q", title="mean move", axis=alt.Axis(format="%")),
        y=alt.Y("choice:N", title=None, sort=alt.EncodingSortField("move", op="max", order="descending")),
    )
    .properties(width=190, height=alt.Step(24))
)
numbers = bars.mark_text(align="left", dx=4).encode(text=alt.Text("move:Q", format=".0%"))
movers = (
    alt.layer(bars, numbers, data=moves)
    .facet(column=alt.Column("channel:N", title=None))
    .properties(title=alt.Title("Which choice moves the answer", subtitle="How far the silent share moves when only this choice changes; mean over all settings of the others"))
)
movers

# %% [markdown]
# ## Does a decision hang on it?
#
# Each question that a council could decide by, with the part of the specifications that say
# yes, overall and by each option. Where a row turns from no to yes between two options of
# one choice, the decision hangs on that choice: settle it before voting, in words.

# %%
rows = []
for decision in found["multiverse"]["decisions"]:
    question = decision["decision"]
    threshold = next((value for key, value in question.items() if key != "question"), None)
    text = question["question"].replace("-", " ") + ("" if threshold is None else f" {threshold:,}")
    for option, holds in decision["any"]["by_choice"].items():
        axis, _, value = option.partition("=")
        if axis in AXES:
            rows.append(
                {
                    "question": f"{names[decision['channel']]}: {text}?",
                    "choice": axis.replace("_", " "),
                    "option": value.replace("_", " "),
                    "order": int(value) if value.isdigit() else 0,
                    "yes": holds,
                    "overall": decision["any"]["holds_in"],
                }
            )
decisions = pl.DataFrame(
    rows,
    schema={"question": pl.String, "choice": pl.String, "option": pl.String, "order": pl.Int64, "yes": pl.Float64, "overall": pl.Float64},
)
tiles = alt.Chart(decisions).encode(
    x=alt.X("option:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelAngle=-40)),
    y=alt.Y("question:N", title=None, sort=None),
)
heat = (
    alt.layer(
        tiles.mark_rect(stroke="white", strokeWidth=2).encode(
            color=alt.Color("yes:Q", scale=alt.Scale(domain=[0, 1], range=["#e9eef3", house.AWAKE]), legend=None)
        ),
        tiles.mark_text(fontSize=11).encode(
            text=alt.Text("yes:Q", format=".0%"),
            color=alt.condition("datum.yes > 0.5", alt.value("white"), alt.value(house.INK)),
        ),
    )
    .properties(width=alt.Step(44), height=alt.Step(30))
    .facet(column=alt.Column("choice:N", title=None, sort=[axis.replace("_", " ") for axis in AXES]))
    .resolve_scale(x="independent")
    .properties(title=alt.Title("In which part of the specifications the answer is yes", subtitle="By each option of each choice; no probability"))
)
heat

# %%
swing = (
    decisions.group_by("question", "choice", maintain_order=True)
    .agg((pl.col("yes").max() - pl.col("yes").min()).alias("swing"), pl.col("overall").first())
    .sort("swing", descending=True)
    .group_by("question", maintain_order=True)
    .first()
)
(
    GT(swing.select("question", "overall", hangs_on="choice", swing="swing"))
    .tab_header("What each decision hangs on most")
    .cols_label(overall="yes in", hangs_on="hangs on")
    .fmt_percent("overall", decimals=0)
    .fmt_number("swing", scale_by=100, decimals=0, pattern="{x} points")
)
