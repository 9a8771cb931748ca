//! Addresses without a language: those that stand in invitations and are registered at providers.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    response::Response,
};

use super::{
    super::super::{
        answer::{Answer, Pages, Reply, respond, with_standing},
        parts::entry::encoded,
        visit::{Visit, is_path_here},
    },
    begun, cross_site, failed,
};
use crate::{
    access::{Return, SignInError},
    texts,
};

/// Seconds that the way to a provider and back may take.
const LASTS: u64 = 600;

/// `GET /sign-in` and `/sign-in/invitation/{secret}`: the same in the reader's language.
pub(super) async fn in_language(visit: Arc<Visit>) -> Answer {
    Ok(Reply::Go(visit.here_in(visit.language), Vec::new()))
}

/// `GET /sign-in/provider/{number}`: off to a provider.
pub(super) async fn leave(State(pages): State<Arc<Pages>>, request: Request) -> Response {
    let (mut visit, opened, standing) = pages.open(request).await;
    let number = visit.param("number").parse().unwrap_or(usize::MAX);
    let way = Way::asked(&visit);
    way.begin(&mut visit);
    let answer = match opened {
        Ok(()) => depart(&visit, number, &way).await,
        Err(refusal) => Err(refusal),
    };
    with_standing(respond(&visit, answer), standing)
}

async fn depart(visit: &Visit, number: usize, way: &Way) -> Answer {
    // A picture or a frame of another website is no person who wants to leave.
    if visit.headers.get("sec-fetch-dest").is_some_and(|wanted| wanted != "document") {
        return Ok(cross_site(visit).into());
    }
    let access = visit.hub.access();
    match access.leave_for(number, visit.from, visit.now).await {
        Ok(departure) => {
            let browser = visit.set_cookie(access.departure_cookie_name(), &departure.browser, LASTS);
            Ok(Reply::Go(departure.address, vec![browser, visit.set_cookie(&cookie(visit), &way.to_string(), LASTS)]))
        }
        Err(error) => refused(visit, &error),
    }
}

/// `GET /sign-in/callback`: back from a provider.
pub(super) async fn come_back(State(pages): State<Arc<Pages>>, request: Request) -> Response {
    let (mut visit, opened, standing) = pages.open(request).await;
    let [state, code, issuer] = ["state", "code", "iss"].map(|name| visit.asked(name));
    let way = Way::kept(&visit);
    way.begin(&mut visit);
    let access = visit.hub.access();
    let back = Return {
        state: state.as_deref().unwrap_or_default(),
        code: code.as_deref().unwrap_or_default(),
        issuer: issuer.as_deref(),
        browser: visit.cookie(access.departure_cookie_name()),
        previous: access.cookie_value(&visit.headers),
        from: visit.from,
    };
    let answer = match opened {
        Ok(()) => match access.come_back(&back, visit.now).await {
            Ok(signed_in) => Ok(begun(&visit, &signed_in, way.back)),
            Err(error) => refused(&visit, &error),
        },
        Err(refusal) => Err(refusal),
    };
    with_standing(respond(&visit, answer), standing)
}

fn refused(visit: &Visit, error: &SignInError) -> Answer {
    Ok(failed(visit, error, "sign-in-provider-refused").into())
}

/// The cookie that keeps the way while somebody is at a provider; of this hub alone, as others may be on its host.
fn cookie(visit: &Visit) -> String {
    format!("{}-way", visit.hub.access().departure_cookie_name())
}

/// In which language somebody came, and to which page they wanted.
struct Way {
    language: &'static str,
    back: Option<String>,
}

impl Way {
    fn asked(visit: &Visit) -> Self {
        Self::of(visit, visit.asked("language").as_deref(), visit.asked("back"))
    }

    fn kept(visit: &Visit) -> Self {
        let (language, back) = visit.cookie(&cookie(visit)).and_then(|kept| kept.split_once('.')).unwrap_or_default();
        let back = url::form_urlencoded::parse(format!("back={back}").as_bytes()).next().map(|(_, back)| back.into());
        Self::of(visit, Some(language), back)
    }

    fn of(visit: &Visit, language: Option<&str>, back: Option<String>) -> Self {
        let known = texts::LANGUAGES.into_iter().find(|known| Some(*known) == language);
        Self { language: known.unwrap_or(visit.language), back: back.filter(|back| is_path_here(back)) }
    }

    /// What is said on this way is in its language, and the links of its page lead to the form: the present address has
    /// no language, and works once.
    fn begin(&self, visit: &mut Visit) {
        visit.language = self.language;
        "/sign-in".clone_into(&mut visit.path_here);
        visit.query = self.back.as_ref().map(|back| format!("back={}", encoded(back))).unwrap_or_default();
    }
}

impl std::fmt::Display for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.language, encoded(self.back.as_deref().unwrap_or_default()))
    }
}
