//! Words of reports: what frames a sentence without saying anything checkable, and what means the same.

/// Stems that every report uses around its facts; they need no line to carry them.
pub const FRAME: &[&str] = &[
    "incid", "servic", "detect", "acknowledg", "record", "respond", "respons", "engin", "command", "minut", "hour", "second", "utc", "affect", "last", "began", "begin", "start", "resolv",
    "mitig", "recov", "recoveri", "report", "state", "evid", "show", "happen", "occur", "time", "took", "take", "taken", "pass", "came", "come", "later", "earlier", "candid", "trigger", "first",
    "signal", "alert", "person", "peopl", "team", "call", "impact", "accord", "within", "around", "about", "follow", "includ", "note", "said", "say", "ask", "observ", "end", "continu",
    "remain", "period", "total", "overal", "approxim", "point", "due", "becaus", "caus", "lead", "led", "result", "reason", "root", "factor", "contribut", "condit", "hypothesi", "suspect",
    "possibl", "like", "may", "might", "could", "appear", "seem", "also", "addit", "howev", "meanwhil", "while", "part", "number", "mani", "sever", "made", "make", "becam", "becom", "went",
    "got", "use", "activ", "investig", "confirm", "identifi", "found", "find", "determin", "decid", "work", "back", "return", "normal", "share", "error", "messag", "chat", "channel",
    "open", "action", "propos", "automat", "one", "two", "three", "day", "utc", "span", "declar", "escal", "sourc", "log", "event", "entri", "line", "write", "wrote", "mention", "it", "its",
    "fire", "user", "custom", "issu", "problem", "outag", "disrupt", "which", "where", "whether", "befor", "after", "onc", "still", "again", "already", "then", "than", "togeth", "between",
];

/// Stems of the labels that stand in front of a quotation.
pub const LABELS: &[&str] = &[
    "process", "technolog", "document", "environ", "manag", "peopl", "oper", "load", "support", "revenu", "data", "agreement", "level", "short", "dure", "somebodi", "hypothesi",
    "scribe", "deputi", "kept", "incid",
];

/// Groups of stems that mean the same in an incident.
const SAME: &[&[&str]] = &[
    &["deploy", "deploi", "rollout", "releas", "ship", "roll", "sync"],
    &["revert", "rollback", "undo", "undon", "restor"],
    &["kill", "oomkil", "crash", "die", "dead", "terminat", "oom"],
    &["error", "failur", "fail", "broken", "5xx", "503"],
    &["increas", "rais", "grow", "grew", "rise", "rose", "climb", "higher", "up"],
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
    &["help", "differ", "effect"],
    &["command", "ic"],
    &["ticket", "complaint", "case"],
    &["merg", "pr", "pull", "request", "chang"],
    &["exclud", "rule", "out"],
    &["stabl", "healthi", "readi", "recov"],
    &["chat", "slack"],
    &["take", "took", "taken"],
    &["hold", "held"],
    &["keep", "kept"],
    &["begin", "began", "start", "begun"],
    &["give", "gave", "given"],
    &["know", "knew", "known"],
];

/// The group of a stem, so that two stems of one group compare equal.
#[must_use]
pub fn sense(stem: &str) -> &str {
    SAME.iter().find(|group| group.contains(&stem)).map_or(stem, |group| group[0])
}

/// Pairs that turn a sentence into its opposite.
pub const OPPOSITES: &[(&str, &str)] = &[
    ("increas", "decreas"), ("rais", "lower"), ("rose", "fell"), ("enabl", "disabl"), ("succeed", "fail"), ("success", "fail"), ("pass", "fail"), ("above", "below"), ("healthi", "unhealthi"),
    ("avail", "unavail"), ("reachabl", "unreach"), ("confirm", "exclud"), ("confirm", "rule"), ("help", "differ"), ("allow", "block"), ("allow", "refus"), ("accept", "reject"), ("before", "after"),
    ("faster", "slower"), ("better", "wors"), ("more", "less"), ("scale", "unscal"), ("grew", "shrank"), ("worsen", "improv"), ("wors", "improv"), ("stop", "start"), ("open", "close"),
    ("lower", "raise"), ("lower", "increas"), ("shrink", "grow"), ("early", "late"), ("upper", "lower"), ("add", "remov"), ("clean", "dirti"), ("up", "down"), ("jump", "drop"), ("jump", "fell"), ("under", "over"),
];
