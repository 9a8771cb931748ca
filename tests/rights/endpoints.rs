//! Every path of the router, read from the code that makes it, with the requests that are sent to it.

use std::{collections::BTreeSet, fmt, fs, path::Path};

/// A request to an endpoint.
pub struct Request {
    pub method: &'static str,
    pub path: String,
    pub body: &'static str,
    pub content_type: &'static str,
}

impl Request {
    /// Whether browsers ask for it: who is signed in shows a cookie then, not a token.
    pub fn is_page(&self) -> bool {
        let first = self.path.split(['/', '?']).nth(1).unwrap_or_default();
        matches!(first, "" | "preferences" | "sign-in" | "sign-out" | "id" | "ar" | "en" | "es" | "fr" | "ru" | "zh")
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The paths in `.route("…"` of all rooms.
pub fn of_the_router() -> BTreeSet<String> {
    let mut routes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let text = fs::read_to_string(&entry).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap();
                let flat: String = code.split_whitespace().collect();
                routes.extend(flat.split(".route(\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
            }
        }
    }
    assert!(routes.len() > 10, "{routes:?}");
    routes
}

/// What is asked of a path; none where nobody has thought of one.
pub fn sample(route: &str) -> Option<Vec<Request>> {
    let get = |path: &str| Request { method: "GET", path: path.to_owned(), body: "", content_type: "" };
    let post = |path: &str, content_type, body| Request { method: "POST", path: path.to_owned(), body, content_type };
    let form = "application/x-www-form-urlencoded";
    Some(match route {
        "/federation/v1/state" => vec![
            get("/federation/v1/state"),
            get("/federation/v1/state?audience=network"),
            get("/federation/v1/state?origin=https%3A%2F%2Fmember.example"),
            get("/federation/v1/state?origin=https%3A%2F%2Fmember.example&audience=network"),
            get("/federation/v1/state?origin=https%3A%2F%2Fsuspended.example"),
            get("/federation/v1/state?origin=https%3A%2F%2Fnobody.example&audience=network"),
        ],
        "/federation/v1/revisions" => {
            let digests = r#"{"digests":[]}"#;
            vec![
                post("/federation/v1/revisions", "application/json", digests),
                post("/federation/v1/revisions?audience=network", "application/json", digests),
            ]
        }
        "/federation/v1/hint" => vec![post(route, "", "")],
        "/federation/v1/applications" => vec![get(route), post(route, "application/jwt", "none")],
        "/federation/{*path}" => vec![get("/federation/v1/nothing")],
        "/federation/v1/journals" | "/federation/v1/anchor" | "/.well-known/openid-federation" => vec![get(route)],
        "/graphql" => vec![
            get("/graphql?query=%7B__typename%7D"),
            post("/graphql", "application/json", r#"{"query":"{__typename}"}"#),
        ],
        "/graphql/ws" => vec![get(route)],
        "/graphiql" | "/graphiql/" | "/graphiql/page.js" | "/graphiql/page.css" | "/graphiql/schema.js" => {
            vec![get(route)]
        }
        "/export/{file}" => vec![
            get("/export/practices.csv"),
            get("/export/practices.jsonl"),
            get("/export/practices.xlsx"),
            get("/export/practices.pdf"),
        ],
        "/feeds/{file}" => vec![get("/feeds/practices.atom"), get("/feeds/events.ics")],
        "/catalog.jsonld" => vec![get(route)],
        "/health/live" | "/health/ready" => vec![get(route)],
        "/" => vec![get("/")],
        "/{language}" => vec![get("/en"), get("/nothing")],
        "/{language}/" => vec![get("/en/")],
        "/{language}/practices" => vec![get("/en/practices"), get("/en/practices?q=plan&audience=network")],
        "/{language}/practices/compare" => vec![get("/en/practices/compare?id=AAAAAAAAAAAAAAAAAAAAAA")],
        "/{language}/practices/{id}" => vec![get("/en/practices/AAAAAAAAAAAAAAAAAAAAAA"), get("/en/practices/nothing")],
        "/{language}/mechanisms/compare" => vec![get("/en/mechanisms/compare")],
        "/{language}/records/{id}/history" => vec![get("/en/records/AAAAAAAAAAAAAAAAAAAAAA/history")],
        "/{language}/records/{id}/verify" => vec![get("/en/records/AAAAAAAAAAAAAAAAAAAAAA/verify")],
        "/{language}/records/{id}/cite/{file}" => vec![get("/en/records/AAAAAAAAAAAAAAAAAAAAAA/cite/practice.bib")],
        "/{language}/search" => vec![get("/en/search")],
        "/{language}/suggest" => vec![get("/en/suggest?q=")],
        "/id/{id}" => vec![get("/id/AAAAAAAAAAAAAAAAAAAAAA")],
        "/id/{id}/jws" => vec![get("/id/AAAAAAAAAAAAAAAAAAAAAA/jws")],
        "/{language}/mechanisms" => vec![get("/en/mechanisms"), get("/en/mechanisms?audience=network")],
        "/{language}/documents" => vec![get("/en/documents?type=guide")],
        "/{language}/events" => vec![get("/en/events?from=2024")],
        "/{language}/mechanisms/{id}" => vec![get("/en/mechanisms/nothing")],
        "/{language}/countries/{code}" => vec![get("/en/countries/KE"), get("/en/countries/XX")],
        "/{language}/network" => {
            vec![get("/en/network"), get("/en/network?asOf=2024-05-09"), get("/en/network?asOf=x")]
        }
        "/{language}/documents/{id}" => vec![get("/en/documents/nothing")],
        "/{language}/events/{id}" => vec![get("/en/events/nothing")],
        "/{language}/figures" => vec![get("/en/figures"), get("/en/figures?region=AFRICA&audience=network")],
        "/{language}/figures/{file}" => vec![
            get("/en/figures/practices-by-theme.csv"),
            get("/en/figures/practices-by-theme.svg"),
            get("/en/figures/nothing.csv"),
        ],
        "/embed/{figure}" => vec![get("/embed/practices-by-theme?language=fr")],
        "/{language}/about"
        | "/{language}/about/method"
        | "/{language}/about/sources"
        | "/{language}/about/api"
        | "/{language}/about/feeds"
        | "/{language}/about/licence"
        | "/{language}/about/accessibility"
        | "/{language}/about/privacy" => vec![get(&route.replace("{language}", "en"))],
        "/robots.txt" | "/sitemap.xml" => vec![get(route)],
        "/sitemap/{file}" => {
            vec![get("/sitemap/pages.xml"), get("/sitemap/practices-1.xml"), get("/sitemap/nothing.xml")]
        }
        "/preferences" => vec![post(route, form, "theme=dark&back=/en/")],
        "/assets/{version}/{name}" => vec![get("/assets/0/app.css"), get("/assets/0/nothing")],
        "/sign-in" => vec![get("/sign-in")],
        "/sign-in/invitation/{secret}" => vec![get("/sign-in/invitation/none")],
        "/{language}/sign-in" => {
            vec![get("/en/sign-in"), post("/en/sign-in", form, "name=nobody&password=nothing-at-all")]
        }
        "/{language}/sign-out" => vec![get("/en/sign-out"), post("/en/sign-out", form, "")],
        "/{language}/sign-in/invitation/{secret}" => vec![
            get("/en/sign-in/invitation/none"),
            post("/en/sign-in/invitation/none", form, "password=a-long-enough-one&again=a-long-enough-one"),
        ],
        "/{language}/desk" => vec![get("/en/desk")],
        "/{language}/desk/applications" => vec![get("/en/desk/applications")],
        "/{language}/desk/applications/{number}" => {
            vec![get("/en/desk/applications/999"), post("/en/desk/applications/999", form, "decision=review")]
        }
        "/{language}/desk/applications/{number}/contact" => {
            vec![post("/en/desk/applications/999/contact", form, "")]
        }
        "/{language}/desk/members/add" => {
            vec![get("/en/desk/members/add"), post("/en/desk/members/add", form, "country=")]
        }
        "/{language}/desk/members/{id}" => {
            vec![get("/en/desk/members/none"), post("/en/desk/members/none", form, "step=suspend&reason=x")]
        }
        "/{language}/desk/members/{id}/focal-points" => {
            vec![post("/en/desk/members/none/focal-points", form, "do=open")]
        }
        "/{language}/desk/focal-points" => vec![post("/en/desk/focal-points", form, "")],
        "/{language}/admin" => vec![get("/en/admin")],
        "/{language}/admin/sync" => vec![post("/en/admin/sync", form, "")],
        "/{language}/admin/hubs" => vec![post("/en/admin/hubs", form, "address=&thumbprint=")],
        "/{language}/admin/apply" => vec![post("/en/admin/apply", form, "")],
        "/{language}/admin/hub" => vec![
            get("/en/admin/hub?id=https%3A%2F%2Fmember.example"),
            post("/en/admin/hub", form, "id=https%3A%2F%2Fmember.example&step=block&reason="),
        ],
        "/{language}/admin/users" => {
            vec![get("/en/admin/users"), post("/en/admin/users", form, "do=add&name=no+name&role=reader")]
        }
        "/{language}/admin/tokens" => {
            vec![get("/en/admin/tokens"), post("/en/admin/tokens", form, "do=issue&name=x&role=reader&days=0")]
        }
        "/{language}/admin/audit" => vec![get("/en/admin/audit")],
        "/{language}/admin/audit/file" => {
            vec![get("/en/admin/audit/file?format=csv"), get("/en/admin/audit/file?format=jsonl")]
        }
        "/sign-in/provider/{number}" | "/sign-in/provider/{place}" | "/sign-in/provider/{n}" => {
            vec![get("/sign-in/provider/0")]
        }
        "/sign-in/callback" => vec![get("/sign-in/callback?code=none&state=none")],
        "/{language}/workbench" => vec![get("/en/workbench")],
        "/{language}/workbench/drafts" => vec![post("/en/workbench/drafts", form, "kind=nothing")],
        "/{language}/workbench/drafts/{draft}" => {
            let path = "/en/workbench/drafts/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d";
            vec![get(path), post(path, form, "revision=1")]
        }
        "/{language}/workbench/drafts/{draft}/preview" => {
            vec![get("/en/workbench/drafts/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d/preview")]
        }
        "/{language}/workbench/drafts/{draft}/review" => {
            let path = "/en/workbench/drafts/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d/review";
            vec![get(path), post(path, form, "revision=1&comment=x")]
        }
        "/{language}/workbench/drafts/{draft}/publish" => {
            let path = "/en/workbench/drafts/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d/publish";
            vec![get(path), post(path, form, "revision=1")]
        }
        "/{language}/workbench/drafts/{draft}/delete" => {
            let path = "/en/workbench/drafts/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d/delete";
            vec![get(path), post(path, form, "revision=1")]
        }
        "/{language}/workbench/markdown" => vec![post("/en/workbench/markdown", form, "text=x&language=en")],
        "/{language}/workbench/records" => vec![get("/en/workbench/records")],
        "/{language}/workbench/records/{id}/change" => {
            vec![post("/en/workbench/records/nothing/change", form, "revision=1")]
        }
        "/{language}/workbench/records/{id}/versions" => vec![get("/en/workbench/records/nothing/versions")],
        "/{language}/workbench/records/{id}/withdraw" => {
            let path = "/en/workbench/records/nothing/withdraw";
            vec![get(path), post(path, form, "revision=1")]
        }
        "/{language}/workbench/take-over" => vec![get("/en/workbench/take-over")],
        "/{language}/workbench/take-over/{id}" => vec![post("/en/workbench/take-over/nothing", form, "do=take")],
        "/{language}/workbench/import" => {
            vec![get("/en/workbench/import"), post("/en/workbench/import", "multipart/form-data; boundary=x", "--x--")]
        }
        "/{language}/workbench/import/{upload}" => {
            let path = "/en/workbench/import/0192f0c1-7b1e-7c3a-9d55-2f6f3a1b4c5d";
            vec![get(path), post(path, form, "")]
        }
        "/{language}/workbench/import/template/{file}" => {
            vec![get("/en/workbench/import/template/practices.csv")]
        }
        _ => return None,
    })
}
