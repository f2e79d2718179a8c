//! The rule table: each row a role, how much a hit counts, and what is looked for.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::Role;
use crate::evidence::pattern;
use crate::text::words;

use super::ALL;

/// Summed weights, in the order of [`ALL`].
pub(super) type Votes = [f64; ALL.len()];

/// Role, weight, pattern. Weights: 3 nothing else says this, 2 usual, 1 a hint, negative speaks against.
#[rustfmt::skip]
const RULES: &[(Role, f64, &str)] = &[
    (Role::Detection, 3.0, r"\[(?:firing|triggered|alerting)\b|\bis down\b|^\W*(?::\w+:\s*)?\*?alert(?:manager)?\b"),
    (Role::Detection, 3.0, r"\b(?:customers?|users?|people|merchants?|stores?|clients?|tickets?|support|calls)\b.{0,40}\b(?:report(?:s|ed|ing)?|say(?:s|ing)?|complain\w*|can(?:'?t|not)|see(?:s|ing)?|getting|asking|piling|unable)\b"),
    (Role::Detection, 2.0, r"\b(?:anyone|anybody|is it|everyone) (?:else )?(?:just me|seeing|getting|having|noticed|notic\w+)\b|\bsame here\b|\bis something (?:going on|broken|wrong)\b|\bhas been dead\b"),
    (Role::Detection, 2.0, r"^(?:i'?m |we'?re |i |we )?(?:see|seeing|getting|got|noticed|noticing) (?:a lot|lots|tons|many|some|several|errors?|5\d\ds?|timeouts?|reports?|calls|complaints)\b"),
    (Role::Detection, 1.5, r"\b(?:not (?:loading|responding|working|reachable)|unreachable|won'?t load|hangs?|is broken|are broken|fails? for|times? out|timing out|blank page|white page)\b"),
    (Role::Detection, 1.5, r"\bstarted (?:about|around|maybe|at|\d)|\bsince (?:about|around|this morning|a few|\d)|\boutage reported\b|\b(?:first|second|third|another) report\b"),
    (Role::Detection, 1.2, r"\b(?:shows?|can'?t|cannot|offline|prints?|drops?|doesn'?t|does nothing|spins?|is slow|slow af|jump|gaps?|blank|yesterday'?s|wants to|declined|terminated|pile up|filling|negative|for all|every (?:user|patient|time)|alarm|red)\b"),
    (Role::Detection, 2.5, r"^\W*(?:cloudwatch|prometheus|datadog|grafana|logicmonitor|nagios|zabbix|pingdom|sentry|new relic|opsgenie|pagerduty)\b|\bgetting paged\b|^(?:seeing|reports of)\b"),
    (Role::Detection, 2.0, r"\b(?:this is not right|this isn'?t right|something(?:'s| is) (?:wrong|off|broken)|looks? (?:wrong|broken|off)|not sure .{0,60}(?:actually|really) (?:had|worked|did)|looks (?:bad|odd)|that'?s not (?:right|good))\b"),

    (Role::Diagnosis, 3.0, r"\b(?:found it|root cause|the (?:cause|culprit|reason)|culprit|turns out|it turned out|upon investigation|verified:|confirmed[:,]|reproduced|because of|caused by|due to|which is why|that'?s why|explains)\b"),
    (Role::Diagnosis, 2.5, r"\b(?:rule[ds]? (?:it |that |this |them )?out|ruled out|not the (?:db|database|cdn|network|cause|cache|load balancer)|isn'?t (?:to blame|the)|it'?s not the|unrelated|is unrelated)\b|^not (?:the|a|an|power|dns)\b"),
    (Role::Diagnosis, 2.0, r"\b(?:logs?|trace|metrics?|dump|graph|dashboard|flamegraph|stack ?trace|explain|config|diff) (?:on \S+ )?(?:say|says|show|shows|showing|shows? that|has|contains?|are full|is full)\b"),
    (Role::Diagnosis, 2.0, r"\b(?:i (?:see|can see|found|checked)|we (?:see|found|determine[ds]?|discover(?:ed)?)|looked at|checked|it looks like .{0,40}(?:are|is) (?:landing|going|missing)|are seen to be)\b"),
    (Role::Diagnosis, 1.5, r"\b(?:was|were|got|has been|went) (?:changed|rotated|deleted|renamed|removed|upgraded|expired|dropped|never|raised|lowered|missing|from \S+ to)\b|\bexpired\b|\bis (?:missing|null|empty|full|at \d+ ?%)\b|\bonly (?:affects?|on|the|in)\b"),
    (Role::Diagnosis, 0.6, r"`[^`]{6,}`|\b(?:exit code|0x[0-9a-f]+|\d+ ?(?:ms|gb|mb|%|qps|rps)\b)"),

    (Role::Hypothesis, 3.0, r"\b(?:could (?:it |this |that )?be|might be|may be|maybe|perhaps|possibly|probably|my (?:guess|bet|theory|hunch)|wild guess|i(?:'d)? (?:guess|bet|suspect|wonder)|suspect\w*|i think it'?s|smells like|sounds like|feels like|wonder(?:ing)? if|theory|presumably|could also be)\b"),
    (Role::Hypothesis, 2.0, r"\b(?:i'?m not convinced|not convinced|high likelihood|looks like it could|seems? (?:like|to be)|or did the|would explain|related to|has something to do|correlat\w+)\b|\bor (?:is|did|was) (?:it|the|that)\b"),
    (Role::Hypothesis, 1.5, r"^[\w .,'’/-]{3,60}\?(?: |$)"),
    (Role::Hypothesis, 2.5, r"\b(?:i doubt|if i had to bet|what if|not (?:100% )?sure|i wouldn'?t exclude|i'?d (?:say|assume|bet)|long shot|i fear|i suppose|could just|may not|may need|expect a|went nuts|i \*think\*)\b|^[\w ./-]{3,25}\?$"),
    (Role::Hypothesis, 1.5, r"\blooks (?:wrong|suspicious|odd|like)\b.{0,30}\b(?:to me|imo|i think)\b"),

    (Role::Decision, 3.0, r"^decision\b|\b(?:decision is|decided|we decide|let'?s (?:not|keep|stay|roll|go|skip|leave|accept|take|use|move|switch|disable|restart|stop|revert|freeze|fail|put|evacuate|drain|turn|pause|do)\b|we(?:'ll| will| are going to| should just) (?:not )?(?:keep|stay|roll|go|skip|leave|accept|wait|hold|take|use|move|switch|disable|restart|stop|revert|freeze|fail)|agreed,? (?:go|let|we)|no discussion|going with|we go with|we keep|plan is|agreed with)\b|^plan:"),
    (Role::Decision, 2.0, r"\b(?:instead of|rather than|until (?:tomorrow|then|we|the)|for now we|not touching|hold off|holding off|go ahead|approved to|green light|freeze|no more (?:deploys|changes)|is acceptable|we accept|proper fix (?:later|next|tomorrow))\b"),

    (Role::Decision, 1.8, r"^(?:ok,? )?(?:put|turn|take|leave|halt|stop|ship|go back|buy|cancel|keep|raise|roll back|only|no (?:mail|re-?\w+|replay|restart)|we (?:add|move|put|shred|switch|use|wait))\b"),

    (Role::Action, 2.2, r"^(?:ok,? |now |first,? |and |still )?(?:re-?)?(?:activating|attaching|booting|building|cancelling|capturing|copying|creating|cutting|downgrading|draining|dumping|entering|evacuating|fixing|flushing|following|forcing|freeing|grepping|growing|installing|opening|patching|pointing|putting|re-?\w+ing|rolling|sharding|snapshotting|stopping|submitting|swapping|taking a snapshot|testing|unblocking|upgrading|uploading)\b"),
    (Role::Action, 2.0, r"\b(?:rolling restart|at a time|to go|submitted|uploaded|published|cancelled|queued|in review|first machine|batch running|reload)\b|^\w+(?:_\w+)+ ?[= ]|\b\d+ ?/ ?\d+\b"),
    (Role::Action, 3.0, r"^(?:ok(?:ay)?,? |now |i'?m |we'?re |i am |also )?(?:roll(?:ing)? back|revert(?:ing|ed)?|restart(?:ing|ed)?|re-?deploy(?:ing|ed)?|deploy(?:ing|ed)|scal(?:ing|ed) (?:up|down|out|to)?|drain(?:ing|ed)?|flipp(?:ing|ed)|disabl(?:ing|ed)|enabl(?:ing|ed)|delet(?:ing|ed)|purg(?:ing|ed)|bump(?:ing|ed)?|kill(?:ing|ed)|switch(?:ing|ed)|rais(?:ing|ed)|lower(?:ing|ed)|set(?:ting)?|apply(?:ing)?|applied|moved?|moving|fail(?:ing|ed) over|adding|added|running|ran|pulling|changing|chang(?:ed|ing)|rotat(?:ing|ed)|block(?:ing|ed)|push(?:ing|ed)|merg(?:ing|ed)|clamp(?:ing|ed)|open(?:ing|ed) (?:a )?(?:pr|mr)|backfill\w*|trigger(?:ing|ed)|kick(?:ing|ed)|paus(?:ing|ed)|turn(?:ing|ed)|cordon\w*|truncat\w+|clear(?:ing|ed)|start(?:ing|ed))\b"),
    (Role::Action, 3.0, r"\b(?:rolling back|i'?m reverting|reverting (?:that|it|now|the)|restarting (?:the|all|it|them|now)|is kicked off|kicked off|is the revert of|pr (?:is )?up|on (?:it|that) now|(?:re)?deploying (?:now|the)|playbook .{0,40}started|manually (?:merged|invoked|ran|run))\b"),
    (Role::Action, 2.0, r"^\W*(?:\$ )?(?:kubectl|helm|terraform|aws|gcloud|systemctl|ansible|git|argocd|docker|psql|redis-cli)\b|```\$"),
    (Role::Action, 2.5, r"→ ?(?:prod|production)|\b(?:started by|deployed to)\b|\d+ ?/ ?\d+ (?:done|nodes|pods)|\bin progress\b"),
    (Role::Action, 1.5, r"\bi(?:'ve| have)? (?:restarted|reverted|rolled|deployed|disabled|enabled|scaled|drained|deleted|flipped|updated|re-updated|suspended|raised|moved|applied)\b|\bi'?ll (?:restart|revert|roll|disable|scale|drain|delete|fail)\b"),

    (Role::Mitigation, 3.0, r"\b(?:rollback|revert|restart|fix|failover|flag|workaround|clamp) (?:worked|works|helped|is live|is out|did it)\b|\b(?:errors?|latency|p9\d|lag|queue|error rate|5\d\ds?|cpu|declines|traffic|dup rate) (?:is |are |has |have )?(?:now )?(?:dropping|drop|dropped|fell|falling|down|going down|shrinking|recovering|back (?:under|below|down)|went (?:from|down)|comes? back|came back|gone|decreasing|improving|flat)\b"),
    (Role::Mitigation, 2.5, r"\b(?:works? again|working again|reachable again|back (?:online|up|under|below)|are gone (?:since|now|for)|is gone (?:since|now|for)|is live(?: everywhere)?,|reconnected|for now|aren'?t being|recovering|traffic comes back|coming back|new pods (?:are )?(?:ready|up)|is complete|have recovered)\b"),
    (Role::Mitigation, 2.4, r"\b(?:works?|working|loads?|schedules?|valid|speaks?|right|complete|moving|recs|finish|print|open|pass|reach\w*|mounts?|serving|healthy|delivered|in) again\b|\b(?:builds? pass|labels print|go(?:es)? through|no more|don'?t \w+ now|are climbing|is active|unblocked|freed|gone)\b"),
    (Role::Mitigation, 1.5, r"\d+ ?(?:m|s|ms|min|%|k)? ?(?:→|->) ?\d+|\bfrom \d+ ?%? to \d+"),

    (Role::Resolution, 3.5, r"\b(?:resolved as of|all clear|incident (?:is )?(?:closed|over|resolved)|closing(?: (?:the|this|it))?|case closed|fixed for good|done and dusted|false alarm|sorry for the noise|marking (?:it |this )?(?:as )?resolved|resolving|calling it|stand(?:ing)? down|we(?:'re| are) (?:done|good|clear)|done (?:here|for tonight)|service is restored|fully (?:recovered|restored)|outage (?:is )?over)\b"),
    (Role::Resolution, 3.0, r"\b(?:closed?|done|fin|resolved|all good now|nothing else to do)[.!)\s]*(?:\([a-z]+\))?\s*$"),
    (Role::Resolution, 2.5, r"\b(?:back to normal|all (?:metrics|systems|services|checks|green)\b.{0,20}(?:normal|green|healthy|good)|everything (?:is )?(?:green|normal|healthy|up|back)|(?:green|stable|healthy|normal|quiet|clean) (?:for|since) (?:an?|\d+|over)|\d+ ?(?:min(?:utes)?|h(?:ours?)?) (?:without|with no)|hub is back online|no (?:new )?(?:errors|alerts|failures) (?:for|since|in the last))\b"),
    (Role::Resolution, 1.5, r"\b(?:resolved|confirmed working|is over|can be closed|lag 0|queue empty)\b|:white_check_mark:"),

    (Role::Communication, 3.0, r"\b(?:status ?page|stakeholders?|customer (?:note|email|comms|update)|next update|update \d|^update:|posted on|incident (?:call|commander|channel)|i'?m (?:ic|incident commander|scribe)|is ic\b|bridge|war ?room|zoom|meet\.|cc @|for visibility|fyi|hand(?:ing|ed)? over|heads up|keep (?:me|us|you) posted|draft(?:ed)? (?:a )?(?:reply|note|message))\b"),
    (Role::Communication, 2.5, r"\b(?:paging|page (?:the|out)|can (?:someone|somebody|anyone) (?:tell|page|ping|call|inform|ask)|could (?:someone|somebody) (?:tell|page|ping)|please (?:confirm|tell|inform|ping)|escalat(?:e|ing|ed)|joining|i'?m here|on it\b|looking\b|taking (?:a look|this)|i take|ack\b|acknowledged?|triggered\b.{0,40}assigned|ticket with|case opened|asking the (?:provider|vendor))"),
    (Role::Communication, 2.4, r"\b(?:informed|is aware|told|telling|letting .{0,30}know|replied|answered|answering|mails? (?:from|to)|text to|on the call|takes? over as|has been informed|paged|posted|wrote (?:it|to)|asks? (?:whether|how|when|if)|asked when|please (?:pick|read|move|check|have)|someone who can|incident bot|postmortem owner|on-call swap|due (?:next )?(?:mon|tue|wed|thu|fri)\w*|from the .{3,20} team|secondary here|reading up|hands? out|joined)\b"),
    (Role::Communication, 1.5, r"@here|@channel|<!here>|\b(?:support|legal|sales|comms|marketing|account managers?)\b|\bwhat do we know\b|\bwhat (?:do|should|may) (?:i|we) (?:tell|answer|say)\b"),

    (Role::Noise, 3.0, r"^\W*(?:lol|lmao|haha\w*|thx|thanks?|ty|tysm|nice|cool|great|dope|sure|yes|yep|yeah|yup|no|nope|ok|okay|k|kk|right|true|oh|ah|hmm+|hrm+|ugh|ouch|wow|damn|rip|morning|hello|hi|hey|same|agreed|\+1|sorry|np|welcome|indeed|exactly|oops|gg|well done\b.*|nice (?:one|work)\b.*|good (?:job|catch|morning)\b.*|approved|one sec|brb|gimme a bit|what\??|why\??|who\??|when\??|really\??|wat)\W*(?:all|everyone|folks|:\w+:)?\W*$"),
    (Role::Noise, 3.0, r"\b(?:coffee|lunch|soup|pancakes?|cake|pizza|canteen|headset|weekend|standup|retro\b|vacation|birthday|mute|hear me|go to bed|the key to|football|parking)\b"),
    (Role::Noise, 2.5, r"^(?:\W|:\w+:)*$"),
    (Role::Noise, 2.0, r"\bhas (?:joined|left) the channel\b|\bset (?:the channel topic|up a reminder)\b|message was deleted"),
    (Role::Noise, 1.5, r"\b(?:always dns|of ?c(?:ourse)?|thanks? (?:all|everyone|you)|looks good to me|lgtm|called it|go team|kudos|good luck)\b"),
    (Role::Action, -1.5, r"\?\s*$|\b(?:should|could|can|might|would|will|need to) (?:we |you |someone |i )?(?:restart|revert|roll|deploy|scale)"),
    (Role::Mitigation, -2.0, r"\b(?:not|n'?t|no|still|should|if|once|until|will)\b.{0,25}\b(?:back|work|works|help|recover|gone)"),
    (Role::Resolution, -2.0, r"\b(?:not|n'?t|if|once|until|should be|when)\b.{0,25}\b(?:resolved|normal|closed|clear)|\?\s*$"),
    (Role::Diagnosis, -1.0, r"\?\s*$|\b(?:maybe|might|could be|perhaps|probably|guess)\b"),
    (Role::Detection, -1.0, r"\b(?:because|caused|rolled|revert\w*|restart\w*)\b"),
];

static TABLE: LazyLock<Vec<(usize, f64, Regex)>> = LazyLock::new(|| {
    RULES
        .iter()
        .filter_map(|(role, weight, source)| {
            let column = ALL.iter().position(|known| known == role)?;
            Some((column, *weight, pattern(source)))
        })
        .collect()
});

/// Adds up the rules that hit, and what length and author alone suggest.
pub(super) fn votes(text: &str, bot: bool) -> Votes {
    let mut votes = [0.0; ALL.len()];
    for (column, weight, rule) in TABLE.iter() {
        if rule.is_match(text) {
            votes[*column] += weight;
        }
    }
    let count = words(text).len();
    if !bot && count <= 3 {
        votes[column(Role::Noise)] += 1.2;
    }
    if count >= 8 {
        votes[column(Role::Diagnosis)] += 0.4;
    }
    votes[column(Role::Noise)] += 0.5;
    if bot {
        votes[column(Role::Noise)] -= 1.0;
        votes[column(Role::Hypothesis)] -= 2.0;
    }
    votes
}

/// The role with most votes, the earlier of equals; its lead over the next as confidence.
pub(super) fn decide(votes: &Votes) -> (Role, f64) {
    let mut order: Vec<usize> = (0..ALL.len()).collect();
    order.sort_by(|a, b| votes[*b].total_cmp(&votes[*a]).then(a.cmp(b)));
    let (best, next) = (votes[order[0]], votes[order[1]]);
    let lead = (best - next).max(0.0) / (best.abs() + 1.0);
    (ALL[order[0]], lead.clamp(0.05, 0.95))
}

pub(super) fn column(role: Role) -> usize {
    ALL.iter().position(|known| *known == role).unwrap_or(ALL.len() - 1)
}
