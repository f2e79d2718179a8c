//! Lines that address the drafting tool instead of the people in the incident: they are shown, but carry nothing.

use std::sync::LazyLock;

use regex::{Regex, bytes};

/// Ways of talking to a machine that writes, in chat, logs, titles and alert texts.
const ADDRESSES: &str = r"(?ix)
    \b(ignore|disregard|forget|override|bypass|skip)\b.{0,30}\b(previous|prior|above|earlier|all|any|other|your|the|these|those|system)\b.{0,25}\b(instruction|prompt|rule|guideline|direction|messages|context|polic|constraint|evidence|lines)\w*
  | \b(new|updated|real|actual|revised|additional|following|hidden|secret|important)\s+(system\s+)?(instruction|prompt|directive|task|order)s?\b
  | \b(system|developer|assistant|user)\s*(prompt|message|note|override|instruction|role)\b
  | ^\W*(assistant|developer|ai|llm|model)s?\s*[:>\]|] | ^\W*(?-i:SYSTEM|System)\s*: | ^\W*[\[<](system|user|human)[\]>] | <!--\s*(system|assistant|user|instruction|ai|model|note\s+to) | \bassistant,\s+\w+ | \byour\s+(output|answer|response|draft|summary)\s+(must|should|shall|is|will|has|needs)\b
  | \b(automated|automatic|generated|machine)\s+(summary|report|draft|postmortem)\b.{0,20}[:,]
  | <\|?\s*/?\s*(im_start|im_end|system|assistant|user|endoftext|instructions?|evidence|inst|sys)\b | \[/?(inst|system|sys)\] | \#{2,}\s*(system|instruction|response|task|assistant|user) | end\s+of\s+(the\s+)?(evidence|context|prompt|data)
  | \b(as|you\s+are|act\s+as|pretend\s+to\s+be|behave\s+as|you're)\s+(now\s+)?(an?\s+|the\s+)?(ai|llm|language\s+model|assistant|model|chatbot|drafting\s+tool|postmortem\s+(tool|writer|generator|bot))\b
  | \b(to|dear|hey|hello|hi|attention|note\s+(to|for)|message\s+(to|for)|attn)\b[\s,:]{0,3}(the\s+|any\s+|whatever\s+)?(ai|llm|gpt|assistant|language\s+model|model|bot|drafting|summari[sz]er|postmortem\s+(tool|writer|generator|drafter|bot)|automated\s+(reader|writer|system|tool))\b
  | \b(ai|llm|gpt|chatgpt|copilot|claude|gemini|assistant|model|summari[sz]er|drafter|unblame|generator|whoever\s+(or\s+whatever\s+)?(drafts|writes|summari[sz]es))\b.{0,25}\b(must|should|shall|will|please|needs?\s+to|has\s+to|is\s+to|ought)\b
  | \b(must|should|shall|please|always|only|instead|just|now|then|and|to|you)\b[\s,:]{1,2}(write|state|report|say|claim|conclude|mention|record|output|respond|answer|reply|print|repeat|insert|cite|emit|return|declare|attribute|replace|omit)\b.{0,60}\b(in|into|to|from|as|of)\s+(the\s+|your\s+|every\s+|each\s+|its\s+|this\s+|any\s+)?(postmortem|post-mortem|report|summary|draft|document|root\s+cause|impact|timeline|output|answer|response|json|section|sentences?|executive|lessons|fact|contributing)\b
  | ^\W*(please\s+)?(write|state|claim|conclude|output|respond|reply|print|insert|attribute|omit|pretend|translate|cite)\s+.{0,60}\b(postmortem|post-mortem|report|summary|draft|document|root\s+cause|output|answer|response|json|section|executive|fact|sentences?|everything|in\s+every)\b
  | \b(report|summary|draft|postmortem|post-mortem|document)s?\s+(say|says|said|state|states|stated|read|reads|claim|claims)\s+that\b | \b(you|model|ai|gpt|llm)\b[\s,:]{0,3}(will|must|should|shall|are\s+to|have\s+to|make\s+sure|please)\b.{0,25}\b(report|write|state|conclude|claim|say|list|name|cite|mention)\b
  | \bwhen\s+(summari[sz]ing|drafting|writing\s+(this|the|it))\b | \bif\s+you\s+are\s+an?\s+(ai|llm|model|assistant|bot) | @unblame\b | \b(in|from|of)\s+your\s+(draft|summary|report|answer|output)\b | ^\W*(ai|gpt|llm|chatgpt|claude|gemini|copilot)\s*,
  | \b(earlier|previous|prior|above)\s+(instructions?|directions?|rules?|guidelines?|prompts?)\b | \bwhat\s+you\s+were\s+told\b | \b(cause|reason)\s+to\s+(report|name|list)\b
  | \bdo\s+not\s+(mention|include|cite|report|write|verify|check|tell|reveal|list)\b.{0,50}\b(postmortem|report|summary|draft|document|evidence|incident|this\s+(line|message|instruction)|anyone|other|ids?)\b
  | \b(the\s+)?(postmortem|post-mortem|summary|draft|executive\s+summary|root\s+cause\s+section|final\s+report)\s+(must|should|shall|needs\s+to|has\s+to|will)\s+(say|state|read|contain|include|mention|conclude|name|list|not|be\b|claim|begin|end)
  | \b(respond|answer|reply|output)\s+(only\s+)?(with|in|as)\b | \bplaceholder\b.{0,20}\{ | \{\s*(at|span|quote|day|count)\s*: | \b(your|the)\s+(training|system\s+prompt|guidelines|instructions)\b
  | (^|[\s{,])\\?[\x22']?(sentences|evidence|kind)\\?[\x22']\s*: | \bset\s+(the\s+)?(kind|verdict|severity|label|confidence)\s+to\b | \bbase64\b.{0,40}\b(decode|follow|execute) | \b(decode|follow|obey|execute)\b.{0,40}\b(base64|instructions?|rot13)\b
";

/// The same in other languages than English.
const FOREIGN: &str = r"(?ix)
    \bignor\w*\b.{0,50}\b(anweisung\w*|instru[ckç]\w+|istruzion\w+|consigne\w*|regeln|reglas|regole|polecen\w*|instrukc\w*|vorgaben)\b | \b(negeer|zignoruj|vergiss|olvida|oubliez)\b.{0,40}\b(instruct\w*|polecen\w*|anweisung\w*|instrucciones|consignes)\b | (指示|命令|プロンプト|指令).{0,8}(無視|忽略)|(無視|忽略).{0,8}(指示|命令|指令)
";

/// English needs no letters but ASCII, and bytes keep the engine to its fast automata.
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the evaluation in evals/injection")]
static ENGLISH: LazyLock<bytes::Regex> =
    LazyLock::new(|| bytes::RegexBuilder::new(ADDRESSES).unicode(false).build().expect("pattern"));
#[expect(clippy::expect_used, reason = "a constant pattern, covered by the evaluation in evals/injection")]
static OTHER: LazyLock<Regex> = LazyLock::new(|| Regex::new(FOREIGN).expect("pattern"));

/// What every line that the patterns of other languages match holds, in lower case.
const FOREIGN_MARKS: [&str; 8] =
    ["ignor", "negeer", "zignoruj", "vergiss", "olvida", "oubliez", "無視", "忽略"];

/// Whether a line speaks to a machine that writes.
#[must_use]
pub fn addresses_the_tool(text: &str) -> bool {
    let line = super::inert::plain_line(text);
    let spelled = spelled_out(&line);
    speaks(&line)
        || spelled != line && speaks(&spelled)
        || line != text && text.lines().any(|raw| raw != line && speaks(raw))
}

fn speaks(line: &str) -> bool {
    let foreign = || {
        let lower = line.to_lowercase();
        FOREIGN_MARKS.iter().any(|mark| lower.contains(mark)) && OTHER.is_match(line)
    };
    ENGLISH.is_match(line.as_bytes()) || foreign()
}

/// Digits inside words read as the letters they stand for: `1gnore` is `ignore`.
fn spelled_out(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_ascii_alphabetic());
    chars
        .iter()
        .enumerate()
        .map(|(at, &c)| {
            let inside = letter(at.checked_sub(1)) || letter(Some(at + 1));
            match c {
                '1' if inside => 'i',
                '0' if inside => 'o',
                '3' if inside => 'e',
                '4' if inside => 'a',
                '5' if inside => 's',
                '7' if inside => 't',
                _ => c,
            }
        })
        .collect()
}
