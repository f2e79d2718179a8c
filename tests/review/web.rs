//! Who gets in, what is refused, and what becomes of a save when the file changed meanwhile.

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};

use crate::started::{DRAFT, Started};

/// A client that follows no redirects and keeps no cookies: each test says what it sends.
struct Visitor<'a> {
    review: &'a Started,
    client: Client,
}

impl<'a> Visitor<'a> {
    fn of(review: &'a Started) -> Self {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { review, client }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.review.port)
    }

    fn cookie(&self) -> String {
        format!("unblame-{}={}", self.review.port, self.review.token)
    }

    /// A request as the page itself makes it.
    fn own(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.address(path)).header("Cookie", self.cookie());
        request.header("Origin", self.address(""))
    }

    async fn get(&self, path: &str) -> Response {
        self.own(Method::GET, path).send().await.unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Response {
        self.own(Method::POST, path).json(body).send().await.unwrap()
    }

    async fn version(&self) -> String {
        let part: Value = self.get("/api/part/impact").await.json().await.unwrap();
        part["version"].as_str().unwrap().to_owned()
    }

    async fn edit(&self, base: &str, edit: Value) -> Value {
        self.post("/api/edit", &json!({ "base": base, "edit": edit })).await.json().await.unwrap()
    }
}

#[tokio::test]
async fn the_token_is_exchanged_for_a_cookie_and_nothing_opens_without() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let refused = visitor.client.get(visitor.address("/")).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    let wrong = visitor.client.get(visitor.address("/?token=0000")).send().await.unwrap();
    assert_eq!(wrong.status(), StatusCode::UNAUTHORIZED);
    let entered = visitor.client.get(&review.url).send().await.unwrap();
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    let cookie = entered.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    // The token stays out of the address bar, of the history's next page and of what other servers are told.
    assert_eq!(entered.headers()["location"], "/");
    assert_eq!(entered.headers()["referrer-policy"], "no-referrer");
    assert_eq!(entered.headers()["cache-control"], "no-store");
    let page = visitor.get("/").await;
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    assert!(page.text().await.unwrap().contains("Search unavailable after a memory limit change"));
}

#[tokio::test]
async fn other_origins_and_other_names_of_this_machine_are_refused() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let base = visitor.version().await;
    let edit =
        json!({ "base": base, "edit": { "do": "part", "key": "impact", "text": "## Impact\n\nNone." } });
    let send = |name: &'static str, value: String| {
        let post = visitor.client.post(visitor.address("/api/edit")).header("Cookie", visitor.cookie());
        let post = if name == "Origin" { post } else { post.header("Origin", visitor.address("")) };
        post.header(name, value).json(&edit).send()
    };
    for (name, value) in [
        ("Origin", "https://evil.example".to_owned()),
        ("Origin", "null".to_owned()),
        ("Origin", format!("http://127.0.0.1:{}", review.port.wrapping_add(1))),
        ("Host", format!("rebound.example:{}", review.port)),
        ("Host", "127.0.0.1".to_owned()),
        ("Sec-Fetch-Site", "same-site".to_owned()),
    ] {
        let answer = send(name, value.clone()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let form = visitor.own(Method::POST, "/api/edit").header("Content-Type", "text/plain");
    assert_eq!(form.body(edit.to_string()).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let no_origin = visitor.client.post(visitor.address("/api/edit")).header("Cookie", visitor.cookie());
    assert_eq!(no_origin.json(&edit).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    let rebound = visitor.own(Method::GET, "/").header("Host", "rebound.example").send().await.unwrap();
    assert_eq!(rebound.status(), StatusCode::FORBIDDEN);
    assert_eq!(review.text(), DRAFT);
}

#[tokio::test]
async fn a_script_in_a_chat_line_stays_text_everywhere() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let page = visitor.get("/").await.text().await.unwrap();
    assert!(!page.contains("<script>document"), "raw script in the page");
    assert!(page.contains("&lt;script&gt;"));
    let shown = visitor.get("/api/evidence/E4").await;
    assert_eq!(shown.headers()["content-type"], "application/json");
    let shown: Value = shown.json().await.unwrap();
    assert!(shown["item"]["text"].as_str().unwrap().starts_with("<script>"), "as it was said: {shown}");
    let text = "## Impact\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1))";
    let body = json!({ "base": visitor.version().await, "key": "impact", "text": text, "lint": true });
    let preview: Value = visitor.post("/api/preview", &body).await.json().await.unwrap();
    let html = preview["html"].as_str().unwrap();
    assert!(!html.contains("<img") && !html.contains("href=\"javascript"), "{html}");
}

#[tokio::test]
async fn paths_do_not_leave_their_place() {
    let secret = DRAFT.replace("id: PI-2025-041", "id: ../../draft");
    let review = Started::with(&secret);
    std::fs::write(review.folder.path().join("secret.txt"), "secret").unwrap();
    let visitor = Visitor::of(&review);
    for path in [
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e%2fsecret.txt",
        "/assets/base.css%00",
        "/api/part/..%2fsecret",
        "/api/evidence/..%2f..%2fsecret.txt",
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let changes = visitor.get("/api/changes").await.text().await.unwrap();
    assert!(changes.contains("was not kept"), "an id is no way out of the folder: {changes}");
    let kept = visitor.post("/api/unsaved", &json!({ "key": "../../x", "text": "typed" })).await;
    assert_eq!(kept.status(), StatusCode::OK);
    let names: Vec<String> = std::fs::read_dir(review.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[tokio::test]
async fn a_stale_save_is_merged_and_a_true_conflict_writes_nothing() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let base = visitor.version().await;
    let elsewhere =
        DRAFT.replace("- Product pages stayed up.[^E7]", "- Product pages and carts stayed up.[^E7]");
    std::fs::write(review.draft(), &elsewhere).unwrap();
    let text = "## Impact\n\n- 14,200 searches returned no result, most of them on phones.[^E7]";
    let answer = visitor.edit(&base, json!({ "do": "part", "key": "impact", "text": text })).await;
    assert_eq!(answer["outcome"], "merged");
    let merged = review.text();
    assert!(merged.contains("carts stayed up") && merged.contains("most of them on phones"), "{merged}");

    let mine = "## What went well\n\n- Mine entirely, and another sentence.";
    let answer = visitor.edit(&base, json!({ "do": "part", "key": "what-went-well", "text": mine })).await;
    assert_eq!(answer["outcome"], "conflict", "{answer}");
    let place = &answer["places"][0];
    assert_eq!((&place["mine"], &place["key"]), (&json!(mine), &json!("what-went-well")));
    assert!(place["theirs"].as_str().unwrap().contains("carts"), "{place}");
    assert_eq!(review.text(), merged, "nothing is written over a conflict");
    let resolved = visitor
        .edit(
            answer["view"]["version"].as_str().unwrap(),
            json!({ "do": "part", "key": "what-went-well", "text": mine }),
        )
        .await;
    assert_eq!(resolved["outcome"], "written");
    assert!(review.text().contains("Mine entirely") && review.text().contains("most of them on phones"));
}

#[tokio::test]
async fn what_was_typed_survives_a_kill_and_goes_with_the_save() {
    let mut review = Started::new();
    let text = "## Impact\n\nHalf a sen";
    {
        let visitor = Visitor::of(&review);
        visitor.post("/api/unsaved", &json!({ "key": "impact", "text": text })).await;
    }
    review.child.kill().unwrap();
    review.child.wait().unwrap();
    assert_eq!(review.text(), DRAFT, "the file itself is whole");
    let again = tempfile::tempdir().unwrap();
    std::fs::write(again.path().join("draft.md"), review.text()).unwrap();
    let place = again.path().join(".unblame/unsaved");
    std::fs::create_dir_all(&place).unwrap();
    std::fs::copy(place_of(&review), place.join("draft.md.json")).unwrap();
    let restarted = Started::on(again);
    let visitor = Visitor::of(&restarted);
    let part: Value = visitor.get("/api/part/impact").await.json().await.unwrap();
    assert_eq!(part["unsaved"], text);
    let base = visitor.version().await;
    visitor
        .edit(&base, json!({ "do": "part", "key": "impact", "text": "## Impact\n\nA whole sentence." }))
        .await;
    assert!(restarted.text().contains("A whole sentence."));
    assert!(!place_of(&restarted).exists(), "saved text is not unsaved any more");
}

fn place_of(review: &Started) -> std::path::PathBuf {
    review.folder.path().join(".unblame/unsaved/draft.md.json")
}

#[tokio::test]
async fn a_document_is_final_only_when_nothing_stands_in_the_way() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let promote = |base: String, stage: &'static str| {
        let visitor = &visitor;
        async move {
            let body = json!({ "base": base, "stage": stage });
            let answer: Value = visitor.post("/api/stage", &body).await.json().await.unwrap();
            answer["outcome"].as_str().unwrap().to_owned()
        }
    };
    assert_eq!(promote(visitor.version().await, "final").await, "not_ready");
    let base = visitor.version().await;
    let fields = json!([["verification", "a pull request with a lower limit is refused"]]);
    visitor.edit(&base, json!({ "do": "action", "row": 0, "fields": fields })).await;
    let base = visitor.version().await;
    let answer =
        json!({ "do": "answer", "question": "How many customers were affected?", "answer": "About 9,000." });
    visitor.edit(&base, answer).await;
    let decided = visitor.post("/api/decide", &json!({ "other": "PI-2025-032", "verdict": "same" })).await;
    assert_eq!(decided.status(), StatusCode::OK);
    assert_eq!(promote(visitor.version().await, "review").await, "written");
    assert_eq!(promote(visitor.version().await, "final").await, "written");
    let text = review.text();
    assert!(text.contains("status: final") && text.contains("published_at:"), "{text}");
    assert!(text.contains("  - **Answer:** About 9,000."));
    let decision: Value = serde_json::from_str(review.decisions().trim()).unwrap();
    assert_eq!((&decision["verdict"], &decision["by"]), (&json!("same"), &json!("a reviewer")));
}

#[tokio::test]
async fn the_status_moves_by_no_edit() {
    let review = Started::new();
    let visitor = Visitor::of(&review);
    let base = visitor.version().await;
    let head = |key: &str, value: &str| json!({ "do": "head", "fields": [[key, value]] });
    assert_eq!(visitor.edit(&base, head("status", "final")).await["outcome"], "invalid");
    let smuggled = visitor.edit(&base, head("severity", "SEV-1\nstatus: final")).await;
    assert_eq!(smuggled["problems"][0]["field"], "severity", "{smuggled}");
    let at = DRAFT.find("draft ").or(DRAFT.find("draft\n")).unwrap();
    let fix = json!({ "do": "fix", "start": at, "end": at + 5, "replacement": "final" });
    assert_eq!(visitor.edit(&base, fix).await["outcome"], "gone");
    assert_eq!(review.text(), DRAFT);
}

#[tokio::test]
async fn a_kill_in_the_middle_of_saves_leaves_one_whole_version() {
    for round in 0..6u32 {
        let mut review = Started::new();
        let texts: Vec<String> = (0..40)
            .map(|at| format!("## Impact\n\n{}", format!("Version {round}.{at} of it. ").repeat(400)))
            .collect();
        {
            let visitor = Visitor::of(&review);
            let mut base = visitor.version().await;
            for text in &texts[..4] {
                let answer =
                    visitor.edit(&base, json!({ "do": "part", "key": "impact", "text": text })).await;
                answer["view"]["version"].as_str().unwrap().clone_into(&mut base);
            }
            let mut saves = Vec::new();
            for text in &texts[4..] {
                let body = json!({ "base": base, "edit": { "do": "part", "key": "impact", "text": text } });
                saves.push(visitor.own(Method::POST, "/api/edit").json(&body).send());
            }
            // The server dies after some of them, somewhere in the middle of the next.
            for (at, save) in saves.into_iter().enumerate() {
                let sent =
                    tokio::time::timeout(std::time::Duration::from_millis(u64::from(round) + 1), save).await;
                if sent.is_err() && at >= round as usize {
                    break;
                }
            }
        }
        review.child.kill().unwrap();
        review.child.wait().unwrap();
        let text = review.text();
        let whole = texts.iter().any(|known| {
            text == DRAFT.replace(
                "## Impact\n\n- 14,200 searches returned no result between 10:12 and 10:52 UTC.[^E7]",
                known.trim_end(),
            )
        });
        assert!(whole, "round {round}: neither the old nor a new version: {} bytes", text.len());
        let left: Vec<_> = std::fs::read_dir(review.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        let documents = left.iter().filter(|name| name.to_string_lossy().ends_with(".md")).count();
        assert_eq!(documents, 1, "{left:?}");
    }
}
