//! `unblame decide` at a terminal: one open pair after the other, one key for each.

use std::io::Write;
use std::path::PathBuf;

use console::{Key, Term};
use jiff::Timestamp;

use super::show;
use crate::app::{self, Error, OpenPair, Outcome};
use crate::config::Settings;
use crate::domain::DecisionVerdict;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Say(DecisionVerdict),
    Skip,
    Back,
    Quit,
}

/// Shows the open pairs until they are judged or the person stops; every answer is on disk before the next pair is shown.
///
/// # Errors
/// No terminal, or a history or decisions file that cannot be used.
pub(super) fn run(history: &[PathBuf], by: &str, settings: &Settings) -> Result<Outcome, Error> {
    let mut terminal = Term::stderr();
    if !terminal.is_term() || !console::user_attended() {
        return Err(Error::usage(
            "deciding one pair after the other needs a terminal",
            "name the pair: `unblame decide INCIDENT OTHER same|related|different`",
        ));
    }
    let (pairs, flags) = app::open_pairs(history, settings)?;
    if pairs.is_empty() {
        return Ok(Outcome::clean("Nothing is open: every pair worth a look was judged.\n"));
    }
    let mut at = 0;
    // Places that were answered, with whether a decision was written.
    let mut answered: Vec<(usize, bool)> = Vec::new();
    while at < pairs.len() {
        let _ = terminal.clear_screen();
        let so_far = if flags.judged > 0 { show::decisions::record(flags) } else { String::new() };
        write!(terminal, "{}", screen(&pairs[at], at, pairs.len(), &so_far)).map_err(Error::Output)?;
        match next_answer(&terminal) {
            Answer::Say(verdict) => {
                app::judge(&pairs[at], verdict, by, Timestamp::now(), history, settings)?;
                answered.push((at, true));
                at += 1;
            }
            Answer::Skip => {
                answered.push((at, false));
                at += 1;
            }
            Answer::Back => {
                if let Some((place, written)) = answered.pop() {
                    at = place;
                    if written {
                        let undo = DecisionVerdict::Undo;
                        app::judge(&pairs[at], undo, by, Timestamp::now(), history, settings)?;
                    }
                }
            }
            Answer::Quit => break,
        }
    }
    let _ = terminal.clear_screen();
    let judged = answered.iter().filter(|(_, written)| *written).count();
    let left = pairs.len() - judged;
    Ok(Outcome::clean(format!("{judged} decided, {left} still open; run `unblame decide` again to go on\n")))
}

fn screen(pair: &OpenPair, at: usize, all: usize, so_far: &str) -> String {
    let mut out =
        format!("Pair {} of {all}   {so_far}\n\n{}  {}\n\nagainst\n\n", at + 1, pair.later, pair.title);
    out.push_str(&show::similar::card(&pair.found));
    out.push_str(
        "s same failure again   r related   d different   k skip   u undo the last answer   q quit\n",
    );
    out
}

/// Waits for a key that means something; a terminal that went away ends the session.
fn next_answer(terminal: &Term) -> Answer {
    loop {
        match terminal.read_key().map(answer) {
            Ok(Some(answer)) => return answer,
            Ok(None) => {}
            Err(_) => return Answer::Quit,
        }
    }
}

fn answer(key: Key) -> Option<Answer> {
    match key {
        Key::Char('s' | 'S') => Some(Answer::Say(DecisionVerdict::Same)),
        Key::Char('r' | 'R') => Some(Answer::Say(DecisionVerdict::Related)),
        Key::Char('d' | 'D') => Some(Answer::Say(DecisionVerdict::Different)),
        Key::Char('k' | 'K' | ' ') => Some(Answer::Skip),
        Key::Char('u' | 'U') | Key::Backspace => Some(Answer::Back),
        Key::Char('q' | 'Q' | '\u{3}' | '\u{4}') | Key::Escape | Key::CtrlC => Some(Answer::Quit),
        _ => None,
    }
}
