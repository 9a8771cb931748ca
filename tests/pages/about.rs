//! What is asked of these pages (src/pages/about), and of what is answered where there is no page.

use serde_json::Value;

use crate::{
    browser::PASSWORD,
    hub::{Answer, Served},
};

const HTML: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// The numbers of a table of bars, by the name of their row.
fn bars(page: &str, figure: &str) -> Vec<(String, u64)> {
    let section = page.split(&format!("<h2 id=\"{figure}\">")).nth(1).unwrap().split("</table>").next().unwrap();
    let rows = section.split("<th scope=\"row\">").skip(1);
    rows.map(|row| {
        let name = row.split("</th>").next().unwrap();
        let name = name.split('>').nth(usize::from(name.starts_with("<a"))).unwrap().split('<').next().unwrap();
        let number = row.split("<td class=\"num\">").nth(1).unwrap().split('<').next().unwrap();
        (name.to_owned(), number.parse().unwrap())
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_what_the_api_counts() {
    let served = Served::start().await;
    let page = served.get("/en/figures?region=AFRICA").await.text();
    let query = r#"{ statistics { practices(groupBy: [THEME], filter: { regions: ["AFRICA"] }) { count keys { label { text } } } } }"#;
    let api = served.graphql(query).await;
    let mut counted: Vec<(String, u64)> = api["statistics"]["practices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["keys"][0]["label"]["text"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap()))
        .collect();
    let mut shown = bars(&page, "practices-by-theme");
    assert!(!shown.is_empty());
    shown.sort();
    counted.sort();
    assert_eq!(shown, counted);
    assert!(page.contains("href=\"/en/practices?theme="), "a value leads to its records");
    assert!(page.contains("Region") && page.contains("African Group"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_taken_away_as_a_table_and_as_a_picture() {
    let served = Served::start().await;
    let table = served.get("/fr/figures/practices-by-theme-and-region.csv?compiled=true").await;
    assert_eq!((table.status, table.header("content-type")), (200, "text/csv; charset=utf-8"));
    let rows = table.table();
    assert!(rows.iter().any(|row| row["region"] == "AFRICA" && row["theme"] == "coordination"), "{rows:?}");
    for figure in
        ["practices-by-theme", "practices-by-theme-and-region", "practices-by-capacity-and-region", "practices-by-year"]
    {
        let picture = served.get(&format!("/ar/figures/{figure}.svg")).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/svg+xml"), "{figure}");
        let text = picture.text();
        assert!(text.contains("xmlns=\"http://www.w3.org/2000/svg\"") && text.contains("fill=\"#4a2459\""), "{figure}");
        assert!(!text.contains("class=") && !text.contains("style=") && !text.contains("currentColor"), "{figure}");
        quick_xml(&text);
    }
    assert_eq!(served.get("/en/figures/nothing.csv").await.status, 404);
    assert_eq!(served.get("/en/figures/practices-by-theme.png").await.status, 404);
}

/// It must be whole XML.
#[track_caller]
fn quick_xml(text: &str) {
    let (mut open, mut rest) = (Vec::new(), text);
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').unwrap();
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None if tag.starts_with('?') || tag.ends_with('/') => {}
            None => open.push(tag.split_whitespace().next().unwrap().to_owned()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embedded_figure_may_be_framed_and_is_the_same_for_everybody() {
    let served = Served::start().await;
    let plain = served.get("/embed/practices-by-theme?language=ar&theme=dark").await;
    assert_eq!(plain.status, 200);
    assert!(plain.header("content-security-policy").contains("frame-ancestors *"));
    assert!(plain.text().contains("<html lang=\"ar\" dir=\"rtl\" data-theme=\"dark\">"));
    assert!(!plain.header("vary").contains("Cookie"));
    let cookie = session(&served, "reader", nmirf_hub::access::Role::Reader).await;
    let headers = [("cookie", cookie.as_str())];
    let theirs = served.ask("GET", "/embed/practices-by-theme?language=en", &headers).await;
    let anybodys = served.get("/embed/practices-by-theme?language=en").await;
    assert_eq!(without_moment(&theirs), without_moment(&anybodys), "no cookie is read");
    let page = served.ask("GET", "/en/figures", &headers).await;
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert!(page.text().contains("/embed/practices-by-theme?language=en"));
    assert!(served.get("/embed/nothing").await.status == 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_narrowed_by_language_are_embedded_as_they_stand_on_the_page() {
    let served = Served::start().await;
    let page = served.get("/fr/figures?language=es&language=fr").await.text();
    let address = "/embed/practices-by-theme?language=fr&amp;language=es&amp;language=fr";
    assert!(page.contains(&format!("href=\"{address}\"")), "{page}");
    let numbers = async |path: &str| {
        let text = served.get(path).await.text();
        assert!(text.contains("<html lang=\"fr\""), "{path}");
        let table = text.split("<table class=\"bars\"").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
        let cells = table.split("<td").skip(1).map(|cell| cell.split("</td>").next().unwrap().to_owned());
        cells.collect::<Vec<_>>()
    };
    let embedded = numbers(&address.replace("&amp;", "&")).await;
    assert_eq!(embedded, numbers("/fr/figures?language=es&language=fr").await);
    assert_ne!(embedded, numbers("/embed/practices-by-theme?language=fr").await);
}

fn without_moment(answer: &Answer) -> String {
    let text = answer.text();
    let (before, rest) = text.split_once("counted ").unwrap();
    format!("{before}{}", rest.split_once("UTC").unwrap().1)
}

async fn session(served: &Served, name: &str, role: nmirf_hub::access::Role) -> String {
    crate::browser::add(served, name, role).await;
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let form = format!("name={name}&password={}", PASSWORD.replace(' ', "+"));
    let request = client.post(format!("{}/en/sign-in", served.base)).body(form);
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
    let answer = request.send().await.unwrap();
    let cookie = answer.headers().get("set-cookie").unwrap().to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_cannot_be_meant_is_refused_on_a_page() {
    let served = Served::start().await;
    let answer = served.get("/en/figures?regoin=AFRICA").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("region"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_a_page_gets_one_and_programs_get_a_problem() {
    let served = Served::start().await;
    for path in ["/nothing/at/all", "/wp-login.php", "/fr/nothing/at/all"] {
        let page = served.ask("GET", path, &[HTML, ("accept-language", "fr")]).await;
        assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        assert!(page.text().contains("<html lang=\"fr\""), "{path}");
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        served.get(path).await.refused(404, "no such path");
    }
    served.get("/nothing").await.refused(404, "no such path");
    assert_eq!(served.ask("GET", "/nothing", &[HTML]).await.header("content-type"), "text/html; charset=utf-8");
    let page = served.ask("POST", "/en/figures", &[HTML]).await;
    assert_eq!((page.status, page.header("content-type")), (405, "text/html; charset=utf-8"));
    assert!(page.header("allow").contains("GET"));
    served.ask("POST", "/en/figures", &[]).await.refused(405, "Allow");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_say_who_runs_the_hub_and_under_which_licence() {
    let served = Served::start().await;
    let licence = served.get("/en/about/licence").await;
    assert_eq!(licence.status, 200);
    assert!(licence.text().contains("states no licence"));
    let privacy = served.get("/en/about/privacy").await;
    assert!(privacy.text().contains("nmirf-theme"));
    let api = served.get("/en/about/api").await.text();
    assert!(api.contains(&format!("{}/graphql", served.coordinator.base)) && api.contains("/graphiql"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_for_programs_is_answered() {
    let served = Served::start().await;
    let page = served.get("/en/about/api").await.text();
    let query = page.split("&quot;query&quot;: &quot;").nth(1).unwrap().split("&quot;}").next().unwrap();
    let data = served.graphql(query).await;
    assert!(data["practices"]["totalCount"].as_u64().unwrap() > 0, "{data}");
    assert!(data["practices"]["nodes"][0]["title"]["text"] != Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn search_engines_find_own_records_and_the_pages_of_every_hub() {
    let served = Served::start().await;
    let base = &served.coordinator.base;
    let robots = served.get("/robots.txt").await;
    assert!(robots.text().contains(&format!("Sitemap: {base}/sitemap.xml")), "{}", robots.text());
    let index = served.get("/sitemap.xml").await.text();
    let parts: Vec<&str> = index.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert!(parts.len() >= 5, "{parts:?}");
    let mut addresses = Vec::new();
    for part in parts {
        let answer = served.get(part.strip_prefix(base.as_str()).unwrap()).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml; charset=utf-8"), "{part}");
        let text = answer.text();
        quick_xml(&text);
        addresses.extend(text.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()));
    }
    assert!(addresses.iter().any(|address| address.ends_with("/en/figures")));
    assert!(addresses.iter().any(|address| address.contains("/en/practices/")));
    // Practices 3 and 5 are for the network alone, 4 and 5 another hub's.
    assert_eq!(addresses.iter().filter(|address| address.contains("/en/practices/")).count(), 82);
    assert_eq!(served.get("/sitemap/practices-9.xml").await.status, 404);
}

/// A national hub alone, which one reader may ask three times a minute.
async fn strict() -> crate::support::Served {
    use nmirf_hub::config::{Config, Rate, Role};
    let configure = |base: &str| {
        let mut config = Config::default_for(base, "National", Role::National, Some("PT"));
        config.graphql.rate = Some(Rate { count: 3, per: std::time::Duration::from_secs(60) });
        config
    };
    crate::support::Served::start(configure, async |_| {}).await
}

async fn ask(served: &crate::support::Served, path: &str) -> reqwest::Response {
    let request = served.client.get(format!("{}{path}", served.base)).header(HTML.0, HTML.1);
    request.header("accept-language", "es").send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_learns_how_often_he_may_come_and_when_again() {
    let served = strict().await;
    let first = ask(&served, "/en/about").await;
    assert_eq!(first.status(), 200);
    assert!(first.headers()["ratelimit"].to_str().unwrap().contains("r=2"), "{:?}", first.headers());
    for path in ["/en/figures", "/nothing/here"] {
        ask(&served, path).await;
    }
    let refused = ask(&served, "/es/about").await;
    assert_eq!(refused.status(), 429);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait));
    assert!(refused.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let page = refused.text().await.unwrap();
    assert!(page.contains("<html lang=\"es\"") && page.contains(&wait.to_string()), "{page}");
    assert_eq!(ask(&served, "/assets/0/app.css").await.status(), 200, "what pages load is not counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_without_a_language_are_counted_like_pages() {
    let served = strict().await;
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let ask = async |path: &str| {
        let request = match path {
            "/preferences" => client.post(format!("{}{path}", served.base)).header("origin", &served.base),
            _ => client.get(format!("{}{path}", served.base)),
        };
        request.header(HTML.0, HTML.1).send().await.unwrap()
    };
    let paths =
        ["/", "/preferences", "/sign-in", "/sign-in/invitation/x", "/sign-in/provider/0", "/sign-in/callback?state=x"];
    for (path, left) in paths.into_iter().zip(["r=2", "r=1", "r=0"]) {
        let answer = ask(path).await;
        assert_eq!(answer.status(), 303, "{path}");
        assert!(answer.headers()["ratelimit"].to_str().unwrap().contains(left), "{path}: {:?}", answer.headers());
    }
    for path in paths {
        assert_eq!(ask(path).await.status(), 429, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_the_program_is_a_page_for_readers_and_a_problem_for_programs() {
    let served = strict().await;
    let page = ask(&served, "/fault").await;
    assert_eq!(page.status(), 500);
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    assert_eq!(page.headers()["x-content-type-options"], "nosniff");
    let text = page.text().await.unwrap();
    assert!(text.contains("<html lang=\"es\"") && !text.contains("secret"), "{text}");
    assert_eq!(served.get("/fault").await.code(), "internal");
}
