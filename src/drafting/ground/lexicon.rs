//! Words of reports: what frames a sentence without saying anything checkable, and what means the same.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::text::stem;

/// Stems that every report uses around its facts; they need no line to carry them.
const FRAME: &str = "incid servic detect acknowledg record respond respons engin command minut hour second utc affect \
    last began begin start resolv mitig recov recoveri report state evid show happen occur time took \
    take taken pass came come later earlier candid trigger first signal alert person peopl team call \
    impact accord within around about follow includ note said say ask observ end continu remain period \
    total overal approxim point due becaus caus lead led result reason root factor contribut condit \
    hypothesi suspect possibl like may might could appear seem also addit howev meanwhil while part \
    number mani sever made make becam becom went got use activ investig confirm identifi found find \
    determin decid work back return normal share error messag chat channel open action propos automat \
    one two three day span declar escal sourc log event entri line write wrote mention it its fire user \
    custom issu close clear expect plan schedul consid replac figur conclud complet reach involv concern \
    case place stand stood gone current new old effort step phase respect initi final earli lay \
    establish assign intend meant cover carri describ depend longer rough exact half most more ran run \
    notic learn learnt advanc monitor sign know knew known tell told saw see seen arriv spent spend need \
    requir want provid give gave given abl unabl instead rather although though even just quick slowli \
    immedi soon eventu direct indic suggest reveal discov realiz turn bring brought put let handl \
    subsequ previous prior thereaft approach attempt tri tried collect receiv success set short long far \
    well near almost compar respectively mean explain regard relat specif general main primari signific \
    still yet alreadi inform updat posit present question serv stay help abov below full entir anoth \
    origin exist measur problem outag disrupt which where whether befor after onc again already then \
    than togeth between usag wherea date decemb novemb octob septemb august juli june april march februari januari \
    item version fix solut next previou entir whole once since throughout precis quickli dure respond \
    prolong elaps behind base name announc note relev relat reveal probabl answer therefor earlier partli \
    suspicion unnotic stai stay noth nobodi none anyth someth \
    older newer former latter littl bit without no not onli none neither usual typic rather than far";

/// Stems of the labels that stand in front of a quotation.
const LABELS: &str = "error fail share process technolog document environ manag peopl oper load support revenu data \
    agreement level short dure somebodi hypothesi scribe deputi kept incid";

static FRAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems(FRAME));
static LABEL_SET: LazyLock<BTreeSet<String>> = LazyLock::new(|| stems(LABELS));

/// Stems as they stand, and those of words that were written out.
fn stems(words: &str) -> BTreeSet<String> {
    words.split_whitespace().flat_map(|word| [word.to_owned(), stem(word)]).collect()
}

/// Whether a stem only frames a sentence.
#[must_use]
pub fn frames(stem: &str) -> bool {
    FRAMES.contains(stem)
}

/// Whether a stem belongs to a label in front of a quotation.
#[must_use]
pub fn labels(stem: &str) -> bool {
    LABEL_SET.contains(stem)
}

/// Groups of stems that mean the same in an incident.
const SAME: &[&[&str]] = &[
    &["deploy", "deploi", "rollout", "releas", "ship", "roll", "sync"],
    &["revert", "rollback", "undo", "undon", "restor"],
    &["kill", "oomkil", "crash", "die", "dead", "terminat", "termin", "oom"],
    &["error", "failur", "fail", "broken", "5xx", "503"],
    &["increas", "rais", "grow", "grew", "rise", "rose", "climb", "higher", "up", "enlarg", "expand"],
    &["decreas", "lower", "reduc", "shrink", "shrank", "drop", "fell", "fall", "cut", "less"],
    &["restart", "reboot", "bounc", "delet"],
    &["pod", "contain", "replica"],
    &["check", "valid", "verif", "verifi", "compar", "test"],
    &["miss", "lack", "absent", "no", "without", "noth"],
    &["page", "pagerduti", "paged"],
    &["warn", "alarm", "alert"],
    &["databas", "db"],
    &["config", "configur", "set", "manifest"],
    &["worsen", "wors", "amplifi", "aggrav"],
    &["differ", "effect", "help"],
    &["command", "ic"],
    &["ticket", "complaint", "case"],
    &["merg", "pr", "pull", "request", "chang"],
    &["exclud", "rule", "out"],
    &["stabl", "healthi", "readi", "recov"],
    &["chat", "slack"],
    &["take", "took", "taken"],
    &["hold", "held"],
    &["keep", "kept"],
    &["begin", "began", "start", "begun", "commenc", "launch"],
    &["send", "sent", "deliv", "deliveri", "mail"],
    &["doubl", "duplic"],
    &["hurt", "harm", "injur"],
    &["drain", "evacu"],
    &["write", "wrote", "written"],
    &["build", "built"],
    &["break", "broke", "broken"],
    &["choos", "chose", "chosen"],
    &["speak", "spoke", "spoken"],
    &["leav", "left"],
    &["pay", "paid"],
    &["meet", "met"],
    &["hear", "heard"],
    &["run", "ran"],
    &["spend", "spent"],
    &["think", "thought"],
    &["stick", "stuck"],
    &["freez", "froze", "frozen"],
    &["catch", "caught"],
    &["forbid", "forbidden", "forbad"],
    &["understand", "understood"],
    &["bypass", "around", "circumv"],
    &["late", "delay", "behind"],
    &["discard", "expir", "purg"],
    &["full", "fill"],
    &["right", "permiss", "access", "privileg"],
    &["only", "alon", "sole", "exclus"],
    &["reject", "refus", "deni", "declin"],
    &["exceed", "cross", "pass", "abov", "beyond"],
    &["product", "prod"],
    &["slow", "latenc"],
    &["lost", "loss", "lose"],
    &["remov", "lift"],
    &["disk", "storag"],
    &["fast", "quick", "quickli"],
    &["touch", "affect", "unaffect"],
    &["team", "engin"],
    &["watch", "cover", "monitor"],
    &["statement", "sai", "say"],
    &["money", "revenu", "financ"],
    &["visibl", "seen", "see"],
    &["give", "gave", "given"],
    &["know", "knew", "known"],
];

/// Short forms and what lines say in their place.
const SPELLED_OUT: &[(&str, &[&str])] = &[
    ("oom", &["out of memory", "oomkill"]),
    ("db", &["database"]),
    ("lb", &["load balancer"]),
    ("k8s", &["kubernetes"]),
];

/// What a lower-case short form stands for.
#[must_use]
pub fn spelled_out(short: &str) -> &'static [&'static str] {
    SPELLED_OUT.iter().find(|(name, _)| *name == short).map_or(&[], |(_, long)| long)
}

/// The group of a stem, so that two stems of one group compare equal.
#[must_use]
pub fn sense(stem: &str) -> &str {
    SAME.iter().find(|group| group.contains(&stem)).map_or(stem, |group| group[0])
}

/// Pairs that turn a sentence into its opposite.
const OPPOSITES: &str = "increas/decreas rais/lower rose/fell enabl/disabl succeed/fail success/fail pass/fail above/below \
    healthi/unhealthi avail/unavail reachabl/unreach abl/unabl confirm/exclud confirm/rule allow/block allow/refus \
    accept/reject before/after faster/slower better/wors more/less scale/unscal grew/shrank \
    worsen/improv wors/improv  lower/raise lower/increas shrink/grow early/late \
    upper/lower add/remov clean/dirti up/down jump/drop jump/fell \
    somebodi/nobodi somebody/nobody someon/nobodi something/nothing someth/noth fast/slow abov/below \
    ever/never alway/never good/bad accept/refus accept/deni accept/declin shorten/prolong shorten/lengthen";

/// Products and programs whose name stands for one source; the other sources are ordinary words.
const ORDINARY_SOURCES: &str = "slack chat log logs notes metrics metric ci cd status email phone mail deploy scheduler monitor \
    monitoring app web api gateway page pages incident notion wiki calls call voice text";

/// Whether the name of a source is a word that a sentence may use without meaning the source.
#[must_use]
pub fn ordinary_source(source: &str) -> bool {
    source.chars().count() < 4 || ORDINARY_SOURCES.split_whitespace().any(|word| word == source)
}

/// The pairs, in both directions.
pub fn opposites() -> impl Iterator<Item = (&'static str, &'static str)> {
    OPPOSITES.split_whitespace().filter_map(|pair| pair.split_once('/')).flat_map(|(a, b)| [(a, b), (b, a)])
}
