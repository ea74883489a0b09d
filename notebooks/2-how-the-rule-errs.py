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
# # 2. How the rule errs
#
# The rule "no post for so many days, so asleep" is easy to apply and easy to get wrong. An
# audit says how wrong: people looked up a random draw of followers and said which of them are
# really dormant. Here the rule is held against those labels, and then moved: is there any
# window at which it would have been right?

# %%
import math

import altair as alt
import polars as pl
from great_tables import GT

import house

found = house.results()
window = found["study"]["window_days"]

# %% [markdown]
# ## The rule against the labels
#
# The draw was made in strata: what the export says of a follower. In the stratum `silent`
# every label "active" is a reader whom the rule would have called asleep; in `awake` every
# label "dormant" is a sleeper whom it would have missed. In `undetermined` the rule has
# nothing to go by.
#
# Counts of a small group are not published. Where the strata are hidden, this part can only be
# read from results for internal use, and the channel is left out below.


# %%
def wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval of a proportion at 95%."""
    middle = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


labels, hidden = [], []
for channel in found["channels"]:
    audit = channel.get("audit")
    if not audit:
        continue
    if not audit["strata"]:
        hidden.append(channel["name"])
    for stratum in audit["strata"]:
        known = stratum["dormant"] + stratum["active"]
        if known:
            low, high = wilson(stratum["dormant"], known)
            labels.append(
                {
                    "channel": channel["name"],
                    "stratum": stratum["name"],
                    "followers": stratum["size"],
                    "labels": known,
                    "dormant": stratum["dormant"] / known,
                    "lower": low,
                    "upper": high,
                }
            )
strata = pl.DataFrame(
    labels,
    schema={
        "channel": pl.String,
        "stratum": pl.String,
        "followers": pl.Int64,
        "labels": pl.Int64,
        "dormant": pl.Float64,
        "lower": pl.Float64,
        "upper": pl.Float64,
    },
)
print("hidden, because a group is small:", ", ".join(hidden) or "none")
(
    GT(strata, groupname_col="channel", rowname_col="stratum")
    .tab_header("Dormant by hand, in each stratum of the rule")
    .fmt_integer(["followers", "labels"])
    .fmt_percent(["dormant", "lower", "upper"], decimals=0)
)

# %%
rule = {"awake": 0.0, "silent": 1.0}
marks = strata.with_columns(pl.col("stratum").replace_strict(rule, default=None, return_dtype=pl.Float64).alias("rule"))
row = alt.Chart(marks).encode(
    y=alt.Y("stratum:N", title=None, sort=["awake", "undetermined", "silent"]),
)
against = alt.layer(
    row.mark_rule(color=house.SILENT, strokeWidth=2.5).encode(
        x=alt.X("lower:Q", title="dormant among those looked up", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
        x2="upper:Q",
    ),
    row.mark_point(filled=True, size=110, color=house.SILENT, opacity=1).encode(x="dormant:Q"),
    row.transform_filter("datum.rule !== null").mark_tick(color=house.INK, thickness=3, size=20).encode(x="rule:Q"),
).properties(height=alt.Step(28)).facet(row=alt.Row("channel:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left"))).resolve_scale(y="independent").properties(
    title=alt.Title("What the rule says (black), what people found (orange)", subtitle="Distance between the two is the error of the rule in that stratum")
)
against

# %% [markdown]
# ## What the rule would have reported
#
# The rule as it is usually applied: silent followers among those whose activity is known.
# Beside it the share from the audit. The difference is what a council would have been told
# too much, or too little.

# %%
rows = []
for channel in found["channels"]:
    share, counts = channel["dormant"], channel["counts"]
    known = (counts["awake"] or 0) + (counts["silent"] or 0)
    if share and counts["awake"] is not None and counts["silent"] is not None and known:
        naive = counts["silent"] / known
        rows.append(
            {
                "channel": channel["name"],
                "rule": naive,
                "audit, lower": share["lower"],
                "audit, upper": share["upper"],
                "error, at least": max(share["lower"] - naive, naive - share["upper"], 0.0),
                "known": known,
                "of": channel["listed"],
            }
        )
errors = pl.DataFrame(
    rows,
    schema={
        "channel": pl.String,
        "rule": pl.Float64,
        "audit, lower": pl.Float64,
        "audit, upper": pl.Float64,
        "error, at least": pl.Float64,
        "known": pl.Int64,
        "of": pl.Int64,
    },
)
(
    GT(errors)
    .tab_header("The rule and the audit", f"silent for {window} days, among those whose activity is known")
    .fmt_percent(["rule", "audit, lower", "audit, upper"], decimals=0)
    .fmt_number("error, at least", scale_by=100, decimals=0, pattern="{x} points")
    .fmt_integer(["known", "of"])
)

# %% [markdown]
# ## Is there a window at which it is right?
#
# The silent share for every window, as a band where followers are undetermined, and across it
# the share from the audit. A window is *right* where the band lies wholly inside the interval
# of the audit; it is *possible* where the two only touch; elsewhere it is wrong. One that is
# right for one channel is no rule: read the table across.

# %%
audited = house.shares(found).filter(pl.col("quantity") == "dormant").select("channel", low="lower", high="upper")
curve = house.curve(found).join(audited, on="channel")
words = alt.Axis(
    values=[1, 7, 30, 90, 180, 365, 730, 1460],
    labelExpr="{'1':'1 day','7':'1 week','30':'1 month','90':'3 months','180':'6 months','365':'1 year','730':'2 years','1460':'4 years'}[datum.value]",
    title="window",
    grid=False,
)
days = alt.X("window_days:Q", scale=alt.Scale(type="log", domain=[1, 1460]), axis=words)
panels = alt.layer(
    alt.Chart().mark_rect(color=house.SILENT, opacity=0.3).encode(x=alt.value(0), x2=alt.value("width"), y="min(low):Q", y2="max(high):Q"),
    alt.Chart().mark_rule(color=house.SILENT, strokeDash=[5, 3]).encode(y="min(low):Q"),
    alt.Chart().mark_rule(color=house.SILENT, strokeDash=[5, 3]).encode(y="max(high):Q"),
    alt.Chart()
    .mark_area(interpolate="step-after", color=house.AWAKE, opacity=0.35, line={"color": house.AWAKE})
    .encode(
        x=days,
        y=alt.Y("lower:Q", title="share", axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
        y2="upper:Q",
    ),
    data=curve,
).properties(height=130).facet(row=alt.Row("channel:N", title=None)).properties(
    title=alt.Title("No window is right everywhere", subtitle="Blue: publicly silent. Between the dashed lines: dormant by audit")
)

verdict = curve.with_columns(
    pl.when((pl.col("lower") >= pl.col("low")) & (pl.col("upper") <= pl.col("high")))
    .then(pl.lit("right"))
    .when((pl.col("upper") < pl.col("low")) | (pl.col("lower") > pl.col("high")))
    .then(pl.lit("wrong"))
    .otherwise(pl.lit("possible"))
    .alias("verdict")
)
everywhere = (
    verdict.group_by("window_days")
    .agg((pl.col("verdict") == "right").all().alias("right"))
    .filter("right")
)
if everywhere.height:
    panels.title.text = f"{everywhere.height} of the windows are right on every channel"
panels

# %%
ranges = (
    verdict.group_by("channel", "verdict", maintain_order=True)
    .agg(pl.col("window_days").min().alias("from"), pl.col("window_days").max().alias("to"), pl.len().alias("windows"))
    .sort("channel", "from")
)
GT(ranges, groupname_col="channel", rowname_col="verdict").tab_header(
    "At which windows the rule is right", "days; of the windows that the curve was computed for"
).fmt_integer(["from", "to", "windows"])
