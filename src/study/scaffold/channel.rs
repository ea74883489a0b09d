//! One `[[channel]]` of a study file.

use super::{KnownBy, Page, Proposal, Scaffold, quoted, say};
use crate::model::evidence::Design;
use crate::wording::Words;

impl Scaffold {
    pub(super) fn write_channel(&self, channel: &Proposal, words: Words, page: &mut Page) {
        let name = channel
            .name
            .clone()
            .unwrap_or_else(|| words.platform(channel.platform).to_owned());
        page.comment(&format!("--- {name}"));
        for &(title, files, rows) in &channel.formats {
            page.item(&say::found(words, title, files, rows));
        }
        page.item(say::proves(words, channel.evidence));
        if let Some((oldest, newest)) = &channel.followed {
            page.item(&say::followed(words, oldest, newest));
        }
        for step in self.next_steps(channel, words) {
            page.item(&step);
        }
        page.line("[[channel]]");
        page.key("id", &quoted(&channel.id), None);
        if let Some(name) = &channel.name {
            page.key("name", &quoted(name), None);
        }
        let platform = quoted(channel.platform.key());
        page.key(
            "platform",
            &platform,
            say::platform(words, channel.known_by),
        );
        write_paths("exports", &channel.exports, "", page);
        if !channel.interactions.is_empty() {
            write_paths("interactions", &channel.interactions, "", page);
        }
        if let Some(design) = channel.design {
            let why = say::design(words, design, channel.last_page);
            page.key("design", &quoted(design.as_str()), Some(why));
        }
        match channel.followers {
            Some(followers) => page.key(
                "followers",
                &followers.to_string(),
                Some(say::counter_known(words)),
            ),
            None => page.placeholder("followers", "20_000", say::counter(words)),
        }
        if channel.design.is_some() {
            match &channel.audit {
                Some((path, true)) => page.key("audit", &quoted(path), None),
                Some((path, false)) => {
                    page.placeholder("audit", &quoted(path), say::audit_unlabelled(words));
                }
                None => {
                    let path = format!("audit/{}.csv", channel.id);
                    page.placeholder("audit", &quoted(&path), say::audit_later(words));
                }
            }
        }
        page.placeholder("hours_per_month", "12", say::costs(words));
        page.placeholder("cost_per_month", "90.0", say::costs(words));
        for (at, exports) in &channel.older {
            page.comment(&say::older(words, at.is_some()));
            page.line("# [[channel.snapshot]]");
            let at = at.as_deref().unwrap_or("2024-01-14T00:00:00Z");
            page.line(&format!("# census = {at}"));
            write_paths("exports", exports, "# ", page);
        }
    }

    /// What to do next for a channel, the most pressing first.
    fn next_steps(&self, channel: &Proposal, words: Words) -> Vec<String> {
        let mut steps = Vec::new();
        if channel.known_by == KnownBy::Nothing {
            steps.push(say::say_platform(words).to_owned());
        }
        if !channel.missing_parts.is_empty() {
            steps.push(say::missing_parts(words, &channel.missing_parts));
        }
        if !channel.signs.is_empty() {
            let known = (channel.listed, channel.followers);
            steps.push(say::cut_off(words, known, &channel.signs));
        }
        if channel.design.is_none() {
            steps.push(say::totals(words, &channel.metrics));
            return steps;
        }
        if channel.design == Some(Design::Unknown) {
            steps.push(say::unknown_design(words).to_owned());
        }
        match &channel.audit {
            Some((_, true)) => {}
            Some((_, false)) => steps.push(say::check_audit(words, &self.study)),
            None => steps.push(say::next(words, channel.evidence, &self.study, &channel.id)),
        }
        steps
    }
}

/// A list of paths, one a line where there are several.
fn write_paths(key: &str, paths: &[String], before: &str, page: &mut Page) {
    match paths {
        [one] => page.line(&format!("{before}{key} = [{}]", quoted(one))),
        many => {
            page.line(&format!("{before}{key} = ["));
            for path in many {
                page.line(&format!("{before}    {},", quoted(path)));
            }
            page.line(&format!("{before}]"));
        }
    }
}
