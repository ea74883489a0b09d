//! Files to channels.
//!
//! ```text
//! files of one platform ─▶ lists (one export of followers each) ─▶ accounts ─▶ channels
//! ```
//!
//! A *list* is the files of one format in one folder that share few followers: the parts
//! of one export. Lists that share most followers, or name the same account, are exports
//! of one *account*; the newest is the channel's, and among those of one year and of one
//! size the one that says most.

mod propose;

use super::{Item, Worksheet};
use crate::frame::dates::DAY;
use crate::ingest::{Role, parts};
use crate::model::evidence::{Evidence, together};
use crate::model::platform::Platform;
use crate::model::refused::Refused;
use crate::study::scaffold::{Dated, Proposal, Source, Unused, Why};

/// From this share of the smaller list on, two lists are exports of one account.
const MOSTLY: f64 = 0.5;

/// Exports within a month are of one time.
const MONTH: i64 = 31 * DAY;

/// The channels, and when the latest of the exports that they use was made.
pub(super) struct Grouped {
    pub(super) channels: Vec<Proposal>,
    pub(super) made: Option<Dated>,
}

/// The files of one export of followers.
struct List {
    items: Vec<Item>,
}

/// The exports of one account.
#[derive(Default)]
struct Account {
    lists: Vec<List>,
    totals: Vec<Item>,
}

pub(super) fn channels(
    items: Vec<Item>,
    mut sheets: Vec<Worksheet>,
    unused: &mut Vec<Unused>,
) -> Grouped {
    let mut grouped = Grouped {
        channels: Vec::new(),
        made: None,
    };
    let mut items = items;
    items.sort_by(|a, b| a.member.name.cmp(&b.member.name).then(a.path.cmp(&b.path)));
    let mut ids: Vec<String> = Vec::new();
    let (acts, mut rest): (Vec<_>, Vec<_>) = items
        .into_iter()
        .partition(|item| item.format.role == Role::Interactions);
    let mut acts: Vec<Option<Item>> = acts.into_iter().map(Some).collect();
    for platform in Platform::ALL {
        let (own, others): (Vec<_>, Vec<_>) = rest
            .into_iter()
            .partition(|item| item.platform.unwrap_or(Platform::Other) == platform);
        rest = others;
        let accounts = accounts(own, unused);
        let several = accounts.len() > 1;
        for account in accounts {
            let named = account.name().filter(|_| several);
            let id = id(platform, named.as_deref(), &ids);
            let name = several.then(|| {
                let told = named.unwrap_or_else(|| id.clone());
                format!("{} ({told})", platform.label())
            });
            let own = acts
                .iter_mut()
                .filter(|act| act.as_ref().is_some_and(|act| account.knows(act, platform)))
                .filter_map(Option::take)
                .map(|act| act.path)
                .collect();
            let mut proposal =
                account.propose(id.clone(), name, platform, &mut grouped.made, unused);
            proposal.interactions = own;
            ids.push(id);
            grouped.channels.push(proposal);
        }
    }
    unused.extend(acts.into_iter().flatten().map(|act| Unused {
        file: act.path,
        why: Why::Interactions,
    }));
    for channel in &mut grouped.channels {
        audit(channel, &mut sheets);
    }
    unused.extend(sheets.into_iter().map(|sheet| Unused {
        file: sheet.path,
        why: Why::Audit,
    }));
    grouped
}

/// The accounts of one platform, in the order of their first files.
fn accounts(items: Vec<Item>, unused: &mut Vec<Unused>) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    let (listing, others): (Vec<_>, Vec<_>) = items.into_iter().partition(Item::lists);
    let (totals, companions): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|item| item.format.role == Role::Totals);
    for mut list in lists(listing) {
        // What a manifest says holds for the list beside it.
        for companion in &companions {
            if list.is_beside(companion) {
                list.learn(companion);
            }
        }
        match accounts.iter_mut().find(|account| account.has(&list)) {
            Some(account) => account.lists.push(list),
            None => accounts.push(Account {
                lists: vec![list],
                totals: Vec::new(),
            }),
        }
    }
    for companion in companions {
        let home = accounts
            .iter_mut()
            .flat_map(|account| &mut account.lists)
            .find(|list| list.is_beside(&companion));
        match home {
            Some(list) => list.items.push(companion),
            None => unused.push(Unused {
                file: companion.path,
                why: Why::Refused(Refused::Alone),
            }),
        }
    }
    for item in totals {
        if item.platform.is_none() {
            unused.push(Unused {
                file: item.path,
                why: Why::NoPlatform,
            });
            continue;
        }
        let found = match &item.account {
            Some(name) => accounts
                .iter()
                .position(|account| account.name().is_none_or(|known| known == *name)),
            None => (!accounts.is_empty()).then_some(0),
        };
        match found.and_then(|place| accounts.get_mut(place)) {
            Some(account) => account.totals.push(item),
            None => accounts.push(Account {
                lists: Vec::new(),
                totals: vec![item],
            }),
        }
    }
    accounts
}

/// Files of one format in one folder that share few followers.
fn lists(items: Vec<Item>) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for item in items {
        let home = lists.iter_mut().find(|list| {
            list.items.iter().all(|other| {
                other.format.name == item.format.name
                    && other.known_by == item.known_by
                    && parts::folder(&other.listed_in()) == parts::folder(&item.listed_in())
                    && other.account == item.account
                    && !share_most(other, &item)
            })
        });
        match home {
            Some(list) => list.items.push(item),
            None => lists.push(List { items: vec![item] }),
        }
    }
    lists
}

fn share_most(one: &Item, other: &Item) -> bool {
    let smaller = one.seen.len().min(other.seen.len());
    smaller > 0 && one.seen.shared(&other.seen) as f64 >= MOSTLY * smaller as f64
}

impl Item {
    /// The name by which parts of one list are known.
    fn listed_in(&self) -> String {
        match self.member.name.split_once('!') {
            Some((_, inside)) => format!("{}!{inside}", self.path),
            None => self.path.clone(),
        }
    }
}

impl List {
    fn is_beside(&self, companion: &Item) -> bool {
        let place = companion.listed_in();
        self.items
            .iter()
            .any(|item| parts::folder(&item.listed_in()) == parts::folder(&place))
    }

    /// Takes the account and the date from a file that speaks of this list.
    fn learn(&mut self, companion: &Item) {
        for item in &mut self.items {
            if item.account.is_none() {
                item.account.clone_from(&companion.account);
            }
            let better = |known: &(i64, Source), new: &(i64, Source)| new.1 > known.1;
            if let Some(new) = &companion.made
                && item.made.as_ref().is_none_or(|known| better(known, new))
            {
                item.made = Some(*new);
            }
        }
    }

    fn account(&self) -> Option<&str> {
        self.items.iter().find_map(|item| item.account.as_deref())
    }

    fn made(&self) -> Option<(i64, Source)> {
        self.items.iter().filter_map(|item| item.made).max()
    }

    fn rows(&self) -> u64 {
        self.items.iter().map(|item| item.found.reading.rows).sum()
    }

    fn evidence(&self) -> Evidence {
        let fields = self.items.iter().map(|item| &item.found.reading.fields);
        Evidence::of(&together(fields))
    }

    /// Whether another list is of the same followers at the same time, in a format that is
    /// not here yet: a run puts the two together.
    fn adds(&self, other: &Self) -> bool {
        let of_one_time = match (self.made(), other.made()) {
            (Some((one, _)), Some((other, _))) => (one - other).abs() <= MONTH,
            _ => true,
        };
        let is_new = |two: &Item| {
            self.items
                .iter()
                .all(|one| one.format.name != two.format.name)
        };
        let alike = self
            .items
            .iter()
            .any(|one| other.items.iter().any(|two| share_most(one, two)));
        of_one_time && alike && other.items.iter().all(is_new)
    }

    /// The paths that a study names, each once, in order.
    fn exports(&self) -> Vec<String> {
        paths(&self.items)
    }
}

fn paths(items: &[Item]) -> Vec<String> {
    let mut paths: Vec<_> = items.iter().map(|item| item.path.clone()).collect();
    paths.sort();
    paths.dedup();
    paths
}

impl Account {
    /// The name that its exports give it.
    fn name(&self) -> Option<String> {
        self.lists
            .iter()
            .find_map(List::account)
            .or_else(|| self.totals.iter().find_map(|item| item.account.as_deref()))
            .map(str::to_owned)
    }

    /// Whether a list is an export of this account: the same name; without names, most of
    /// the followers, or followers that cannot be compared.
    fn has(&self, list: &List) -> bool {
        if let (Some(own), Some(name)) = (self.name(), list.account()) {
            return own == name;
        }
        let mut comparable = false;
        for known in &self.lists {
            let (Some(one), Some(other)) = (known.items.first(), list.items.first()) else {
                continue;
            };
            if one.known_by != other.known_by {
                continue;
            }
            let alike = known
                .items
                .iter()
                .any(|one| list.items.iter().any(|other| share_most(one, other)));
            if alike {
                return true;
            }
            comparable |= one.format.name == other.format.name
                && !one.seen.is_empty()
                && !other.seen.is_empty();
        }
        let unknown = list.items.iter().any(|item| item.platform.is_none());
        !comparable && !unknown
    }

    /// Whether a list of interactions is of this account: people on it follow, or its
    /// folder is named after the platform.
    fn knows(&self, act: &Item, platform: Platform) -> bool {
        let follow = |list: &List| {
            list.items
                .iter()
                .any(|item| item.seen.shared(&act.seen) > 0)
        };
        act.platform == Some(platform) || (act.platform.is_none() && self.lists.iter().any(follow))
    }
}

/// Gives a channel the worksheet of its name; that of CSV before the others.
fn audit(channel: &mut Proposal, sheets: &mut Vec<Worksheet>) {
    if channel.design.is_none() {
        return;
    }
    let own: Vec<usize> = (0..sheets.len())
        .filter(|&at| sheets.get(at).is_some_and(|sheet| sheet.stem == channel.id))
        .collect();
    let best = own.iter().copied().max_by_key(|&at| {
        sheets
            .get(at)
            .map(|sheet| (sheet.whole, sheet.path.ends_with(".csv")))
    });
    if let Some(sheet) = best.map(|at| sheets.remove(at)) {
        channel.audit = Some((sheet.path, sheet.whole));
        // The same labels in another kind of file are no news.
        sheets.retain(|sheet| sheet.stem != channel.id);
    }
}

/// A free id: the platform, with the account where there are several.
fn id(platform: Platform, account: Option<&str>, taken: &[String]) -> String {
    let mut id = platform.key().to_owned();
    if let Some(account) = account {
        let plain: String = account
            .to_lowercase()
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        let plain = plain.trim_matches('-');
        if !plain.is_empty() {
            id = format!("{id}-{plain}");
        }
    }
    let free = |candidate: &String| !taken.contains(candidate);
    if free(&id) {
        return id;
    }
    (2..)
        .map(|number| format!("{id}-{number}"))
        .find(free)
        .unwrap_or(id)
}
