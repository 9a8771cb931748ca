//! Signing in with a browser: the form, the ways through providers, invitations, signing out. Plain pages without a
//! script; a session is a cookie that says nothing. Nothing here is stored by anybody, and no form of another website is
//! taken.

mod page;
mod visit;

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Path},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};

use self::{
    page::{Invitation, Page},
    visit::Visit,
};
use crate::{
    access::{InvitationError, PasswordError, Return, SignInError, SignedIn},
    federation::serve::problem::{Code, Problem},
    hub::Hub,
    store::StoreError,
};

/// Largest form, in bytes.
const MOST: usize = 8 << 10;

/// The pages of signing in.
pub(super) fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/sign-in", get(form).post(sign_in))
        .route("/sign-out", axum::routing::post(sign_out))
        .route("/sign-in/invitation/{secret}", get(invitation).post(accept))
        .route("/sign-in/provider/{number}", get(leave))
        .route("/sign-in/callback", get(come_back))
        .layer(DefaultBodyLimit::max(MOST))
        .layer(middleware::map_response(guarded))
        .with_state(hub)
}

/// What a page of signing in must never be: kept, framed, or a source of anything that runs.
async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, page::POLICY),
        // With `no-referrer` browsers would hide the origin of our own forms from us.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why there is no page.
enum Failed {
    SignIn(SignInError),
    CrossSite,
}

impl From<SignInError> for Failed {
    fn from(error: SignInError) -> Self {
        Self::SignIn(error)
    }
}

impl From<StoreError> for Failed {
    fn from(fault: StoreError) -> Self {
        Self::SignIn(fault.into())
    }
}

/// `GET /sign-in`: the form, or who is signed in.
async fn form(visit: Visit) -> Response {
    let signed_in = match visit.cookie() {
        Some(cookie) => visit.hub.access().session(cookie, visit.hub.now()).await,
        None => Ok(None),
    };
    match signed_in {
        Ok(Some(person)) => page(&visit, StatusCode::OK, &Page::signed_in(&visit, &person)),
        Ok(None) => page(&visit, StatusCode::OK, &Page::form(&visit, None)),
        Err(fault) => failed(&visit, fault.into(), "sign-in-refused"),
    }
}

/// `POST /sign-in`: a name and a password.
async fn sign_in(visit: Visit) -> Response {
    if let Err(refused) = from_here(&visit) {
        return failed(&visit, refused, "sign-in-refused");
    }
    let (name, password) = (visit.field("name"), visit.field("password"));
    let access = visit.hub.access();
    match access.sign_in(&name, &password, visit.cookie(), visit.from, visit.hub.now()).await {
        Ok(signed_in) => begun(&visit, &signed_in),
        Err(error) => failed(&visit, error.into(), "sign-in-refused"),
    }
}

/// `POST /sign-out`: ends the session, also where there is none any more.
async fn sign_out(visit: Visit) -> Response {
    if let Err(refused) = from_here(&visit) {
        return failed(&visit, refused, "sign-in-refused");
    }
    if let Some(cookie) = visit.cookie()
        && let Err(fault) = visit.hub.access().sign_out(cookie, visit.from, visit.hub.now()).await
    {
        return failed(&visit, fault.into(), "sign-in-refused");
    }
    let gone = visit.set_cookie(visit.hub.access().cookie_name(), "", 0);
    to_form(&visit, &[gone])
}

/// `GET /sign-in/invitation/{secret}`: a password is chosen.
async fn invitation(Path(secret): Path<String>, visit: Visit) -> Response {
    match visit.hub.access().invitation(&secret, visit.hub.now()).await {
        Ok(Some(name)) => {
            page(&visit, StatusCode::OK, &Page::invitation(&visit, Invitation { secret: &secret, name: &name }, None))
        }
        Ok(None) => page(&visit, StatusCode::NOT_FOUND, &Page::form(&visit, Some("invitation-unknown"))),
        Err(fault) => failed(&visit, fault.into(), "sign-in-refused"),
    }
}

/// `POST /sign-in/invitation/{secret}`: the password that was chosen.
async fn accept(Path(secret): Path<String>, visit: Visit) -> Response {
    if let Err(refused) = from_here(&visit) {
        return failed(&visit, refused, "sign-in-refused");
    }
    let (access, now) = (visit.hub.access(), visit.hub.now());
    let password = visit.field("password");
    let again = |name: &str, why| {
        let asked = Page::invitation(&visit, Invitation { secret: &secret, name }, Some(why));
        page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &asked)
    };
    let name = match access.invitation(&secret, now).await {
        Ok(name) => name.unwrap_or_default(),
        Err(fault) => return failed(&visit, fault.into(), "sign-in-refused"),
    };
    if !name.is_empty() && password != visit.field("again") {
        return again(&name, "invitation-differs");
    }
    match access.accept_invitation(&secret, &password, visit.cookie(), visit.from, now).await {
        Ok(signed_in) => begun(&visit, &signed_in),
        Err(InvitationError::Password(PasswordError::Short)) => again(&name, "invitation-short"),
        Err(InvitationError::Password(PasswordError::Long)) => again(&name, "invitation-long"),
        Err(InvitationError::Password(PasswordError::Name)) => again(&name, "invitation-name"),
        Err(InvitationError::Unknown) => {
            page(&visit, StatusCode::NOT_FOUND, &Page::form(&visit, Some("invitation-unknown")))
        }
        Err(InvitationError::SignIn(error)) => failed(&visit, error.into(), "sign-in-refused"),
    }
}

/// `GET /sign-in/provider/{number}`: off to a provider.
async fn leave(Path(number): Path<String>, visit: Visit) -> Response {
    // A picture or a frame of another website is no person who wants to leave.
    if visit.headers.get("sec-fetch-dest").is_some_and(|wanted| wanted != "document") {
        return failed(&visit, Failed::CrossSite, "sign-in-provider-refused");
    }
    let access = visit.hub.access();
    let number = number.parse().unwrap_or(usize::MAX);
    match access.leave_for(number, visit.from, visit.hub.now()).await {
        Ok(departure) => {
            let cookie = visit.set_cookie(access.departure_cookie_name(), &departure.browser, 600);
            redirect(&departure.address, &[cookie])
        }
        Err(error) => failed(&visit, error.into(), "sign-in-provider-refused"),
    }
}

/// `GET /sign-in/callback`: back from a provider.
async fn come_back(visit: Visit) -> Response {
    let access = visit.hub.access();
    let (state, code, issuer) = (visit.query("state"), visit.query("code"), visit.query("iss"));
    let back = Return {
        state: state.as_deref().unwrap_or_default(),
        code: code.as_deref().unwrap_or_default(),
        issuer: issuer.as_deref(),
        browser: visit.cookie_named(access.departure_cookie_name()),
        previous: visit.cookie(),
        from: visit.from,
    };
    match access.come_back(&back, visit.hub.now()).await {
        Ok(signed_in) => begun(&visit, &signed_in),
        Err(error) => failed(&visit, error.into(), "sign-in-provider-refused"),
    }
}

fn from_here(visit: &Visit) -> Result<(), Failed> {
    match visit.hub.access().is_from_here(&visit.headers) {
        true => Ok(()),
        false => Err(Failed::CrossSite),
    }
}

/// The session has begun: its cookie, and off to the page that says so.
fn begun(visit: &Visit, signed_in: &SignedIn) -> Response {
    let access = visit.hub.access();
    let session = visit.set_cookie(access.cookie_name(), &signed_in.secret, signed_in.lasts.as_secs());
    let departure = visit.set_cookie(access.departure_cookie_name(), "", 0);
    to_form(visit, &[session, departure])
}

fn to_form(visit: &Visit, cookies: &[String]) -> Response {
    redirect(&visit.path("/sign-in"), cookies)
}

fn redirect(address: &str, cookies: &[String]) -> Response {
    let Ok(address) = HeaderValue::from_str(address) else {
        return Problem::new(Code::Internal, "this address cannot be sent").into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    for cookie in cookies.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn failed(visit: &Visit, failed: Failed, refused: &'static str) -> Response {
    let (status, why) = match &failed {
        Failed::CrossSite => (StatusCode::FORBIDDEN, "sign-in-cross-site"),
        Failed::SignIn(SignInError::Refused) => (StatusCode::UNAUTHORIZED, refused),
        Failed::SignIn(SignInError::NoRole) => (StatusCode::FORBIDDEN, "sign-in-no-role"),
        Failed::SignIn(SignInError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, "sign-in-too-many"),
        Failed::SignIn(SignInError::NotOffered) => (StatusCode::NOT_FOUND, "sign-in-not-offered"),
        Failed::SignIn(SignInError::Unavailable) => (StatusCode::SERVICE_UNAVAILABLE, "sign-in-unavailable"),
        Failed::SignIn(SignInError::Store(fault)) => {
            tracing::error!("signing in met a fault of the database: {fault}");
            (StatusCode::INTERNAL_SERVER_ERROR, "sign-in-unavailable")
        }
    };
    let mut response = page(visit, status, &Page::form(visit, Some(why)));
    let wait = match status {
        StatusCode::TOO_MANY_REQUESTS => "300",
        StatusCode::SERVICE_UNAVAILABLE => "60",
        _ => return response,
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(wait));
    response
}

fn page(visit: &Visit, status: StatusCode, page: &Page) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = (status, [(header::CONTENT_TYPE, kind)], page.html()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(visit.language));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}
