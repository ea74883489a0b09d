//! An account to the channel that its exports suggest.

use std::collections::BTreeMap;

use super::super::{Item, KnownBy};
use super::{Account, List, MOSTLY, paths};
use crate::frame::dates::{DAY, date, rfc_3339};
use crate::ingest::cut_off::{self, File};
use crate::ingest::found::Pages;
use crate::ingest::{Role, parts};
use crate::model::aggregate::Metric;
use crate::model::evidence::{Design, Evidence, together};
use crate::model::platform::Platform;
use crate::model::results::Notice;
use crate::study::scaffold::{Dated, Proposal, Unused, Why};

/// Exports of one year are of one age; of these, the one that says most is used.
const YEAR: i64 = 366 * DAY;

impl Account {
    /// The newest export that says most is the channel's; `made` is when the latest of
    /// those that are used was made, and `unused` takes the others.
    pub(super) fn propose(
        mut self,
        id: String,
        name: Option<String>,
        platform: Platform,
        made: &mut Option<Dated>,
        unused: &mut Vec<Unused>,
    ) -> Proposal {
        let latest = self.lists.iter().filter_map(List::made).max();
        let most = self.lists.iter().map(List::rows).max().unwrap_or(0);
        let rank = |list: &List| {
            let age = match (latest, list.made()) {
                (Some((latest, _)), Some((made, _))) => latest - made <= YEAR,
                _ => true,
            };
            let whole = list
                .items
                .iter()
                .map(|item| match item.found.pages {
                    Pages::Left => 0,
                    Pages::Untold => 1,
                    Pages::Done => 2,
                })
                .max();
            // A few users that somebody looked up are no list, whatever they tell.
            let large = list.rows() as f64 >= MOSTLY * most as f64;
            (age, large, list.evidence(), whole, list.rows(), list.made())
        };
        // The first of equals; `max_by_key` would give the last.
        let best = (0..self.lists.len())
            .rev()
            .max_by_key(|&at| self.lists.get(at).map(rank));
        let list = best.map(|at| self.lists.remove(at));
        let mut older: Vec<_> = Vec::new();
        let mut list = list;
        for other in self.lists {
            // What another export says of the same followers is put together with this one.
            if let Some(list) = &mut list
                && list.adds(&other)
            {
                list.items.extend(other.items);
                continue;
            }
            let (at, exports) = (other.made(), other.exports());
            let earlier = match (list.as_ref().and_then(List::made), at) {
                (Some((newest, _)), Some((at, _))) => at < newest - DAY,
                _ => false,
            };
            if earlier {
                older.push((at.map(|(at, _)| rfc_3339(at)), exports));
            } else {
                unused.extend(exports.into_iter().map(|file| Unused {
                    file,
                    why: Why::Same(id.clone()),
                }));
            }
        }
        older.sort();
        let mut items = list.map(|list| list.items).unwrap_or_default();
        let listed = !items.is_empty();
        items.extend(self.totals);
        for item in &items {
            if let Some((at, by)) = item.made {
                let dated = Dated {
                    at: rfc_3339(at),
                    by,
                    file: item.listed_in(),
                };
                *made = made.take().max(Some(dated));
            }
        }
        let mut proposal = Proposal {
            id,
            name,
            platform,
            known_by: items
                .iter()
                .map(|item| item.known_by)
                .find(|known_by| *known_by != KnownBy::Files)
                .unwrap_or(KnownBy::Files),
            exports: paths(&items),
            formats: Vec::new(),
            evidence: Evidence::Aggregate,
            design: None,
            signs: Vec::new(),
            listed: 0,
            last_page: false,
            missing_parts: Vec::new(),
            followed: None,
            followers: None,
            metrics: Vec::new(),
            audit: None,
            interactions: Vec::new(),
            older,
        };
        for item in &items {
            if item.format.role == Role::Companion {
                continue;
            }
            let title = item.format.title;
            let rows = item.found.reading.rows;
            match proposal
                .formats
                .iter_mut()
                .find(|(known, ..)| *known == title)
            {
                Some((_, files, sum)) => {
                    *files += 1;
                    *sum += rows;
                }
                None => proposal.formats.push((title, 1, rows)),
            }
        }
        totals(&items, &mut proposal);
        if listed {
            list_of(&items, &mut proposal);
        }
        proposal
    }
}

/// What totals add: metrics, and the followers of the last day.
fn totals(items: &[Item], proposal: &mut Proposal) {
    for item in items {
        let Some(aggregate) = &item.found.reading.aggregate else {
            continue;
        };
        for (&metric, total) in &aggregate.totals {
            if !proposal.metrics.contains(&metric) {
                proposal.metrics.push(metric);
            }
            if metric == Metric::Followers
                && let Some(followers) = total.last
            {
                proposal.followers = u64::try_from(followers).ok();
            }
        }
    }
    proposal.metrics.sort_unstable();
}

/// What the list of followers is, and what shows that it is cut off.
fn list_of(items: &[Item], proposal: &mut Proposal) {
    let listing: Vec<&Item> = items.iter().filter(|item| item.lists()).collect();
    let fields = listing.iter().map(|item| &item.found.reading.fields);
    proposal.evidence = Evidence::of(&together(fields));
    // Lists in other formats are of the same followers. Files of one were each read on their
    // own, so those on two of them are counted twice.
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for item in &listing {
        *sums.entry(item.format.name).or_default() += item.listed;
    }
    proposal.listed = sums.into_values().max().unwrap_or(0);
    let ends: Vec<File> = listing
        .iter()
        .map(|item| File {
            name: item.listed_in(),
            format: item.format,
            rows: item.found.reading.rows,
            pages: item.found.pages,
            order: item.found.order,
        })
        .collect();
    let announced: Vec<_> = items
        .iter()
        .flat_map(|item| {
            let own = item.listed_in();
            let of = |name: &str| match (item.format.role, name.rsplit_once('!')) {
                (Role::Companion, _) => parts::sibling(&own, name),
                _ => own.clone(),
            };
            item.found
                .announced
                .iter()
                .map(move |(name, rows)| (of(name), *rows))
                .collect::<Vec<_>>()
        })
        .collect();
    let files: Vec<_> = ends
        .iter()
        .map(|end| parts::File {
            name: &end.name,
            format: end.format.name,
            rows: end.rows,
        })
        .collect();
    proposal.missing_parts = parts::check(&files, &announced)
        .into_iter()
        .filter_map(|notice| match notice {
            Notice::PartMissing { part, .. } => Some(part),
            _ => None,
        })
        .collect();
    // An export that speaks of itself gives the counter of the profile.
    let own = announced.iter().find(|(name, _)| {
        files
            .iter()
            .any(|file| file.name == name && file.format != "x-archive")
    });
    proposal.followers = own.map(|&(_, rows)| rows).or(proposal.followers);
    let orders = listing.iter().map(|item| item.found.order);
    let day = |ms: i64| date(ms.div_euclid(DAY));
    proposal.followed = orders
        .clone()
        .filter_map(|order| order.oldest)
        .min()
        .zip(orders.filter_map(|order| order.newest).max())
        .map(|(oldest, newest)| (day(oldest), day(newest)));
    let part_missing = !proposal.missing_parts.is_empty();
    proposal.signs = cut_off::signs(&ends, proposal.listed, proposal.followers, part_missing);
    let done = |item: &&Item| item.found.pages == Pages::Done;
    proposal.last_page = listing.iter().any(done);
    let design = listing
        .first()
        .map_or(Design::Unknown, |item| item.format.design);
    proposal.design = Some(match design {
        _ if !proposal.signs.is_empty() => Design::Newest,
        _ if part_missing => Design::Unknown,
        Design::Unknown if proposal.last_page => Design::Census,
        other => other,
    });
    if proposal.design != Some(Design::Census) {
        proposal.last_page = false;
    }
}
