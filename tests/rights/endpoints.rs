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
        "/{language}/{*rest}" => vec![get("/en/nothing")],
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
        _ => return None,
    })
}
