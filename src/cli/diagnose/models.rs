//! `dormouse diagnose models`: activity models and gap rules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::numbers::{Table, count, number};
use super::{Answer, NOTE, told};
use crate::cli::progress::Progress;
use crate::cli::{Format, Outcome, print, print_json};
use crate::error::{Result, counted};
use crate::pipeline;
use crate::stats::Refusal;
use crate::stats::btyd::{BgBb, BgNbd, History, MbgNbd, Model, ParetoNbd, Periods, fit};
use crate::stats::gap_rules::{gamma_poisson, gap};
use crate::study::Study;

/// A fit looks at so many accounts at most; more do not move its second digit.
const MOST: usize = 10_000;

/// A silence with a smaller p-value is long.
const LONG: f64 = 0.05;

/// A silence of so many personal mean gaps is long.
const GAPS: f64 = 5.0;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What the models need of every account is how often it posted, when last, and how old it is.
Of a study only exports with the number of posts, the last post and the creation of the
account have that: Mastodon's accounts, Bluesky's and X's user objects, the canonical CSV.
Lists of names (Instagram, TikTok, YouTube, LinkedIn, X's own archive) and totals have not.

A table of your own has a line for each account and the columns
  x, t_x, T     posts, days from creation to the last post, days from creation to now
  x, t_x, n     or, in whole periods: active ones, the last active one, all
No names are needed, so leave them out.

Examples:
  dormouse diagnose models review.toml
  dormouse diagnose models accounts.csv --format json")]
pub struct Arguments {
    /// A study file, or a table with the columns x, t_x, T (or n).
    file: PathBuf,
    /// What is printed.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Output {
    diagnostic: &'static str,
    channels: Vec<Channel>,
}

#[derive(Serialize)]
struct Channel {
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<String>,
    /// Accounts with all three numbers.
    accounts: usize,
    /// Of them without a post: they carry no information.
    never_posted: usize,
    /// Accounts that the fits looked at.
    fitted: usize,
    fits: Vec<Fitted>,
    gap_rules: Vec<Answer>,
    /// Why nothing can be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_run: Option<&'static str>,
}

#[derive(Serialize)]
struct Fitted {
    #[serde(flatten)]
    answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<Parameters>,
}

#[derive(Serialize)]
struct Parameters {
    /// By the names of the model's papers.
    parameters: BTreeMap<&'static str, f64>,
    log_likelihood: f64,
    converged: bool,
    mean_alive: f64,
    /// Share of accounts by P(alive): below .1, below .2, and so on to 1.
    alive_by_tenths: [f64; 10],
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let is_study = arguments
        .file
        .extension()
        .is_some_and(|ending| ending == "toml");
    let channels = if is_study {
        of_study(&arguments.file)?
    } else {
        vec![of_table(&arguments.file)?]
    };
    let output = Output {
        diagnostic: NOTE,
        channels,
    };
    match arguments.format {
        Format::Json => print_json(&output)?,
        Format::Text => print(&text(&output))?,
    }
    Ok(Outcome::Done)
}

fn of_study(path: &Path) -> Result<Vec<Channel>> {
    let study = Study::read(path)?;
    let progress = Progress::new();
    let histories = pipeline::histories(&study, &progress)?;
    drop(progress);
    let channels = study.channels.iter().zip(histories);
    Ok(channels
        .map(|(channel, histories)| Channel {
            channel: Some(channel.id.clone()),
            ..continuous(histories)
        })
        .collect())
}

fn of_table(path: &Path) -> Result<Channel> {
    let table = Table::read(path)?;
    let posts = table.column("x", "a count of posts", count)?;
    if table.has("n") && !table.has("T") {
        let whole = |cell: &str| count(cell).and_then(|count| u32::try_from(count).ok());
        let last = table.column("t_x", "a whole period", whole)?;
        let all = table.column("n", "a number of periods", whole)?;
        let mut periods = Vec::with_capacity(table.len());
        for (row, ((&x, last), all)) in posts.iter().zip(last).zip(all).enumerate() {
            let x = u32::try_from(x).unwrap_or(u32::MAX);
            periods.push(Periods::new(x, last, all).map_err(|refusal| {
                table.wrong(
                    table.line(row),
                    "x, t_x, n",
                    &format!("x ≤ t_x ≤ n ({refusal})"),
                )
            })?);
        }
        let never = posts.iter().filter(|&&posts| posts == 0).count();
        return Ok(Channel {
            fits: vec![fitted::<BgBb>("bg-bb", &thinned(&periods))],
            ..Channel::new(periods.len(), never)
        });
    }
    let last = table.column("t_x", "days, with a decimal point", number)?;
    let age = table.column("T", "days, with a decimal point", number)?;
    let mut histories = Vec::with_capacity(table.len());
    for (row, ((posts, last), age)) in posts.into_iter().zip(last).zip(age).enumerate() {
        histories.push(History::new(posts, last, age).map_err(|refusal| {
            table.wrong(
                table.line(row),
                "x, t_x, T",
                &format!("a history ({refusal})"),
            )
        })?);
    }
    Ok(continuous(histories))
}

impl Channel {
    fn new(accounts: usize, never_posted: usize) -> Self {
        Self {
            channel: None,
            accounts,
            never_posted,
            fitted: accounts.min(MOST),
            fits: Vec::new(),
            gap_rules: Vec::new(),
            not_run: None,
        }
    }
}

fn continuous(mut histories: Vec<History>) -> Channel {
    let never = histories
        .iter()
        .filter(|history| history.posts() == 0.0)
        .count();
    let channel = Channel::new(histories.len(), never);
    if histories.is_empty() {
        return Channel {
            not_run: Some("the exports do not give posts, last post and creation of the accounts"),
            ..channel
        };
    }
    // In an order of their own, so that the sums do not hang on that of the file.
    let order = |history: &History| (history.posts(), history.last(), history.age());
    histories.sort_by(|a, b| {
        let (a, b) = (order(a), order(b));
        a.0.total_cmp(&b.0)
            .then(a.1.total_cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
    });
    let sample = thinned(&histories);
    let rates = fit::<BgNbd>(&sample)
        .ok()
        .map(|fit| (fit.model.r, fit.model.alpha));
    Channel {
        fits: vec![
            fitted::<BgNbd>("bg-nbd", &sample),
            fitted::<MbgNbd>("mbg-nbd", &sample),
            fitted::<ParetoNbd>("pareto-nbd", &sample),
        ],
        gap_rules: gap_rules(&histories, rates),
        ..channel
    }
}

/// At most [`MOST`] of a sorted list, at even steps.
fn thinned<T: Copy>(accounts: &[T]) -> Vec<T> {
    let step = accounts.len().div_ceil(MOST).max(1);
    accounts.iter().step_by(step).copied().collect()
}

fn fitted<M: Model + Parametric>(method: &'static str, accounts: &[M::Data]) -> Fitted {
    let found = match fit::<M>(accounts) {
        Ok(found) => found,
        Err(refusal) => {
            return Fitted {
                answer: Answer::refused(method, refusal),
                fit: None,
            };
        }
    };
    let mut alive_by_tenths = [0.0; 10];
    let (mut sum, each) = (0.0, 1.0 / accounts.len() as f64);
    for &account in accounts {
        let alive = found.model.alive(account);
        sum += alive * each;
        let tenth = ((10.0 * alive) as usize).min(9);
        if let Some(share) = alive_by_tenths.get_mut(tenth) {
            *share += each;
        }
    }
    let mean_alive = sum.clamp(0.0, 1.0);
    let mut answer = Answer::point(method, 1.0 - mean_alive);
    if !found.converged {
        answer.flags.push("the fit did not come to rest".to_owned());
    }
    Fitted {
        answer,
        fit: Some(Parameters {
            parameters: found.model.parameters().into(),
            log_likelihood: found.log_likelihood,
            converged: found.converged,
            mean_alive,
            alive_by_tenths,
        }),
    }
}

/// A model that says its parameters by name.
trait Parametric {
    fn parameters(&self) -> [(&'static str, f64); 4];
}

impl Parametric for BgNbd {
    fn parameters(&self) -> [(&'static str, f64); 4] {
        [
            ("r", self.r),
            ("alpha", self.alpha),
            ("a", self.a),
            ("b", self.b),
        ]
    }
}

impl Parametric for MbgNbd {
    fn parameters(&self) -> [(&'static str, f64); 4] {
        [
            ("r", self.r),
            ("alpha", self.alpha),
            ("a", self.a),
            ("b", self.b),
        ]
    }
}

impl Parametric for ParetoNbd {
    fn parameters(&self) -> [(&'static str, f64); 4] {
        [
            ("r", self.r),
            ("alpha", self.alpha),
            ("s", self.s),
            ("beta", self.beta),
        ]
    }
}

impl Parametric for BgBb {
    fn parameters(&self) -> [(&'static str, f64); 4] {
        [
            ("alpha", self.alpha),
            ("beta", self.beta),
            ("gamma", self.gamma),
            ("delta", self.delta),
        ]
    }
}

/// The share with a long silence; who never posted has none, and may be either.
fn gap_rules(histories: &[History], rates: Option<(f64, f64)>) -> Vec<Answer> {
    let all = histories.len() as f64;
    let never = histories
        .iter()
        .filter(|history| history.posts() == 0.0)
        .count() as f64;
    let rule = |what: &str, long: &dyn Fn(History) -> bool| {
        let posted = histories.iter().filter(|history| history.posts() > 0.0);
        let silent = posted.filter(|&&history| long(history)).count() as f64;
        Answer {
            estimate: None,
            lower: Some(silent / all),
            upper: Some((silent + never) / all),
            flags: vec![what.to_owned()],
            ..Answer::point("gap-rule", 0.0)
        }
    };
    let below = |p: Option<f64>| p.is_some_and(|p| p < LONG);
    let mut rules = vec![
        rule("exact, p < .05", &|history| below(gap(history).p_exact)),
        rule("silence over 5 mean gaps of its own", &|history| {
            gap(history).ratio.is_some_and(|ratio| ratio > GAPS)
        }),
    ];
    match rates {
        Some((r, alpha)) => rules.push(rule(
            "gamma–Poisson at the rates of bg-nbd, p < .05",
            &|history| below(gamma_poisson(history, r, alpha).ok()),
        )),
        None => rules.push(Answer::refused(
            "gap-rule",
            Refusal::NotConverged {
                what: "the fit that gives the gamma–Poisson rule its rates",
            },
        )),
    }
    rules
}

fn text(output: &Output) -> String {
    let mut text = format!(
        "{NOTE}\nPosting is not reading: a follower who reads and no longer posts looks dead to all of these.\n"
    );
    for channel in &output.channels {
        let name = channel.channel.as_deref().unwrap_or("The table");
        text.push_str(&format!("\n{name}: "));
        if let Some(why) = channel.not_run {
            text.push_str(&format!("not run, because {why}\n"));
            continue;
        }
        text.push_str(&format!(
            "{}, {} of them never posted; the fits look at {}\n",
            counted(channel.accounts as u64, "account"),
            channel.never_posted,
            channel.fitted
        ));
        let fits = channel.fits.iter().map(|fitted| {
            let mut row = fitted.answer.row();
            if let (Some(fit), Some(remarks)) = (&fitted.fit, row.last_mut()) {
                let parameters = fit.parameters.iter();
                let parameters: Vec<String> = parameters
                    .map(|(name, value)| format!("{name} {value:.4}"))
                    .collect();
                let said = format!(
                    "{}; log-likelihood {:.2}",
                    parameters.join(", "),
                    fit.log_likelihood
                );
                *remarks = if remarks.is_empty() {
                    said
                } else {
                    format!("{said}; {remarks}")
                };
            }
            row
        });
        let rows = fits
            .chain(channel.gap_rules.iter().map(Answer::row))
            .collect();
        let answers = channel.fits.iter().map(|fitted| &fitted.answer);
        let answers: Vec<&Answer> = answers.chain(&channel.gap_rules).collect();
        text.push_str(&told(&answers, rows));
    }
    text
}
