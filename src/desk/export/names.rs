//! People in a text for outsiders: every way of writing a known name becomes the person's role.

use regex::{Captures, Regex};

use crate::redact::is_everyday_word;
use crate::text::fold;

/// Who stands for somebody whose role is not known.
const SOMEBODY: &str = "a responder";

/// Known people with what stands for each.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// One group for each way of writing a name, longest first, between the signs before and after it.
    pattern: Option<Regex>,
    /// Parallel to the groups of names.
    stand_ins: Vec<String>,
}

impl Names {
    /// `people` with their roles, such as `the incident commander`; the first role of a person counts.
    pub(super) fn new(people: &[(String, Option<String>)]) -> Self {
        let mut forms: Vec<(String, bool, String)> = Vec::new();
        for (name, role) in people {
            let stand_in = role.clone().unwrap_or_else(|| SOMEBODY.to_owned());
            for (form, strict) in ways_of_writing(name) {
                if !forms.iter().any(|(known, _, _)| *known == form) {
                    forms.push((form, strict, stand_in.clone()));
                }
            }
        }
        forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        // Ways of writing that are also words count only when they look like a name.
        let group = |(form, strict, _): &(String, bool, String)| match strict {
            true => format!("({}|@(?i:{form}))", capitalised(form)),
            false => format!("((?i:@?{form}))"),
        };
        let groups: Vec<String> = forms.iter().map(group).collect();
        let edge = r"[^\p{L}\p{M}\p{N}]";
        let whole = format!("(^|{edge})(?:{})($|{edge})", groups.join("|"));
        let pattern = if groups.is_empty() { None } else { Regex::new(&whole).ok() };
        Self { pattern, stand_ins: forms.into_iter().map(|(_, _, stand_in)| stand_in).collect() }
    }

    /// `text` with roles for names.
    pub(super) fn replace(&self, text: &str) -> String {
        let Some(pattern) = &self.pattern else { return text.to_owned() };
        let mut text = text.to_owned();
        // Names that follow each other share the sign between them: the second pass takes the other half.
        for _ in 0..2 {
            let replaced =
                pattern.replace_all(&text, |found: &Captures<'_>| self.stand_in(&text, found)).into_owned();
            text = replaced;
        }
        text
    }

    fn stand_in(&self, text: &str, found: &Captures<'_>) -> String {
        let (before, after) = (&found[1], &found[self.stand_ins.len() + 2]);
        let named = (0..self.stand_ins.len()).find(|at| found.get(at + 2).is_some());
        let stand_in = named.and_then(|at| self.stand_ins.get(at)).map_or(SOMEBODY, String::as_str);
        let begin = found.get(0).map_or(0, |all| all.start());
        let said =
            if starts_sentence(&text[..begin], before) { capital(stand_in) } else { stand_in.to_owned() };
        format!("{before}{said}{after}")
    }
}

/// Whether what comes next begins a sentence, a cell or an item; `next` is the sign right before it.
fn starts_sentence(before: &str, next: &str) -> bool {
    if next.ends_with(['@', '/', '.', '-', '_']) {
        return false;
    }
    let tail: Vec<char> = next.chars().rev().chain(before.chars().rev()).take(8).collect();
    let tail: String = tail.into_iter().rev().collect();
    let plain = tail.trim_end_matches([' ', '*', '"', '>']);
    plain.is_empty() || plain.ends_with(['.', '!', '?', '\n', '|']) || plain.ends_with("\n-")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Patterns of a name (full, joined as in handles, each part, with an initial) and whether it is also a word.
fn ways_of_writing(name: &str) -> Vec<(String, bool)> {
    let name = name.trim().trim_start_matches('@');
    let name = name.split_once('@').map_or(name, |(local, _)| local);
    // `Ipek | support` names a person and a desk; `mika-shop` a person and a place of work.
    let name = name.split('|').next().unwrap_or(name).trim();
    let is_handle = !name.contains(char::is_whitespace);
    let separators = |c: char| c.is_whitespace() || matches!(c, '.' | '_' | '-' | ',');
    let mut found = Vec::new();
    for spelling in [name.to_owned(), fold(name)] {
        let parts: Vec<&str> = spelling.split(separators).filter(|part| !part.is_empty()).collect();
        let escaped: Vec<String> = parts.iter().map(|part| regex::escape(part)).collect();
        let letters: usize = parts.iter().map(|part| part.chars().count()).sum();
        if letters < 2 {
            continue;
        }
        if let ([first, .., last], [first_form, .., last_form]) = (parts.as_slice(), escaped.as_slice()) {
            found.push((escaped.join(r"[\s._-]*"), false));
            found.push((format!(r"{last_form}[\s,._-]*{first_form}"), false));
            let initial =
                |part: &str| part.chars().next().map(|c| regex::escape(&c.to_string())).unwrap_or_default();
            if last.chars().count() > 2 && !is_handle {
                found.push((format!(r"{}[\s._-]*{last_form}", initial(first)), false));
            }
            if first.chars().count() > 2 && !is_handle {
                found.push((format!(r"{first_form}[._-]?{}", initial(last)), false));
            }
        }
        let apart = if is_handle && name.contains(['-', '_']) { 1 } else { parts.len() };
        let long = parts.iter().zip(&escaped).take(apart);
        let long = long.filter(|(part, _)| parts.len() == 1 || part.chars().count() > 2);
        found.extend(long.map(|(part, form)| (form.clone(), is_everyday_word(&part.to_lowercase()))));
    }
    found
}

/// The form as a name is written: with a capital letter, or in capitals.
fn capitalised(form: &str) -> String {
    let mut letters = form.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}|{}", letters.as_str().to_lowercase(), form.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_every_spelling_become_roles_and_words_stay() {
        let people = [
            ("Maya Okafor".to_owned(), Some("the incident commander".to_owned())),
            ("Tomás Will".to_owned(), None),
            ("casey".to_owned(), None),
            ("jordan-shop".to_owned(), None),
            ("ipek | support".to_owned(), None),
        ];
        let names = Names::new(&people);
        assert_eq!(
            names.replace(
                "Maya Okafor, @maya, OKAFOR's, maya.okafor, mokafor and fix/maya_okafor-1; mayan stays"
            ),
            "The incident commander, the incident commander, the incident commander's, the incident commander, the incident commander and fix/the incident commander-1; mayan stays"
        );
        assert_eq!(
            names.replace("Tomas asked Tomás Will, it will do"),
            "A responder asked a responder, it will do"
        );
        assert_eq!(names.replace("@casey Casey"), "A responder a responder");
        assert_eq!(
            names.replace("the shop asked jordan-shop, Jordan and Ipek of support"),
            "the shop asked a responder, a responder and a responder of support"
        );
    }
}
