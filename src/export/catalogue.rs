//! `/catalog.jsonld`: what this hub offers, as DCAT-AP 3.0 in JSON-LD, for open-data portals. Everything that a reader needs
//! stands in it: no context has to be fetched.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::Method,
    response::Response,
};
use serde_json::{Map, Value, json};

use super::{
    Exports,
    moment::{self, Moment},
};
use crate::{
    federation::serve::problem::Problem,
    record::{Kind, LanguageTag},
    texts,
};

/// The lists of the Publications Office of the European Union, which DCAT-AP asks for.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";
const MEDIA_TYPES: &str = "http://www.iana.org/assignments/media-types";

/// Languages with their codes in that list; of others nothing is said.
const LANGUAGES: [(&str, &str); 20] = [
    ("ar", "ARA"),
    ("zh", "ZHO"),
    ("en", "ENG"),
    ("fr", "FRA"),
    ("ru", "RUS"),
    ("es", "SPA"),
    ("pt", "POR"),
    ("de", "DEU"),
    ("it", "ITA"),
    ("nl", "NLD"),
    ("pl", "POL"),
    ("ro", "RON"),
    ("el", "ELL"),
    ("sv", "SWE"),
    ("da", "DAN"),
    ("fi", "FIN"),
    ("uk", "UKR"),
    ("tr", "TUR"),
    ("sw", "SWA"),
    ("id", "IND"),
];

const KEYWORDS: [(&str, &str); 6] = [
    ("en", "human rights"),
    ("fr", "droits humains"),
    ("es", "derechos humanos"),
    ("ar", "حقوق الإنسان"),
    ("zh", "人权"),
    ("ru", "права человека"),
];

/// File types: ending, code in the list of file types, media type.
const FILES: [(&str, &str, &str); 3] = [
    ("csv", "CSV", "text/csv"),
    ("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("jsonl", "JSON", "application/jsonl"),
];

/// Answers. The same for everybody: what is for the network alone is no open data.
pub(super) async fn answer(State(exports): State<Arc<Exports>>, request: Request) -> Result<Response, Problem> {
    if let Some(query) = request.uri().query().filter(|query| !query.is_empty()) {
        let name: String = query.split('=').next().unwrap_or_default().chars().take(60).collect();
        return Err(Problem::bad_request(format!("{name}: the catalogue takes no parameters")));
    }
    let moment = Moment::open(&exports.hub, &axum::http::HeaderMap::new(), None).await?;
    let etag = moment.etag("catalog.jsonld", None);
    if moment.is_held(request.headers(), etag.as_deref()) {
        return Ok(moment.not_modified(etag.as_deref()));
    }
    let head = moment.answer("application/ld+json", etag.as_deref());
    match *request.method() {
        Method::HEAD => moment::without_body(head),
        _ => moment::end(head, Body::from(catalogue(&moment).to_string())),
    }
}

fn catalogue(moment: &Moment) -> Value {
    let instance = &moment.hub.config().instance;
    let publisher = publisher(moment);
    let mut catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": moment.url("/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": [{"@language": moment.languages.last().map_or("en", LanguageTag::as_str), "@value": instance.name}],
        "dct:description": in_six(|language| texts::say(language, "catalogue-description", None)),
        "dct:publisher": publisher,
        "dct:language": languages(moment),
        "dct:modified": modified(moment),
        "dcat:themeTaxonomy": {"@id": format!("{AUTHORITY}/data-theme"), "@type": "http://www.w3.org/2004/02/skos/core#ConceptScheme",
            "dct:title": [{"@language": "en", "@value": "Data theme"}]},
        "foaf:homepage": {"@id": moment.url("/"), "@type": "foaf:Document"},
        "dcat:service": service(moment),
        "dcat:dataset": Kind::ALL.iter().map(|kind| dataset(moment, *kind)).collect::<Vec<_>>(),
    });
    licensed(&mut catalogue, moment);
    catalogue
}

fn dataset(moment: &Moment, kind: Kind) -> Value {
    let path = |ending: &str| moment.url(&format!("/export/{}.{ending}", kind.plural()));
    let mut distributions: Vec<Value> = Vec::new();
    for (ending, code, media_type) in FILES {
        distributions.push(json!({
            "@id": format!("{}#distribution", path(ending)),
            "@type": "dcat:Distribution",
            "dct:title": [{"@language": "en", "@value": format!("{} ({})", heading("en", kind), ending.to_uppercase())}],
            "dcat:accessURL": {"@id": path(ending)},
            "dcat:downloadURL": {"@id": path(ending)},
            "dcat:mediaType": {"@id": format!("{MEDIA_TYPES}/{media_type}"), "@type": "dct:MediaType"},
            "dct:format": {"@id": format!("{AUTHORITY}/file-type/{code}"), "@type": "dct:MediaTypeOrExtent"},
            "dct:modified": modified(moment),
        }));
    }
    distributions.push(json!({
        "@id": moment.url(&format!("/graphql#{}", kind.plural())),
        "@type": "dcat:Distribution",
        "dct:title": [{"@language": "en", "@value": format!("{} (GraphQL)", heading("en", kind))}],
        "dcat:accessURL": {"@id": moment.url("/graphql")},
        "dcat:accessService": {"@id": moment.url("/graphql#service")},
        "dcat:mediaType": {"@id": format!("{MEDIA_TYPES}/application/json"), "@type": "dct:MediaType"},
        "dct:format": {"@id": format!("{AUTHORITY}/file-type/JSON"), "@type": "dct:MediaTypeOrExtent"},
    }));
    for distribution in &mut distributions {
        licensed(distribution, moment);
    }
    let hub = moment.hub.config().instance.name.as_str();
    let described = |language: &str| {
        let mut arguments = texts::Arguments::new();
        arguments.set("kind", texts::FluentValue::from(heading(language, kind)));
        arguments.set("hub", texts::FluentValue::from(hub));
        super::plain::plain(&texts::say(language, "catalogue-dataset", Some(&arguments))).into_owned()
    };
    let mut dataset = json!({
        "@id": moment.url(&format!("/catalog.jsonld#{}", kind.plural())),
        "@type": "dcat:Dataset",
        "dct:identifier": moment.url(&format!("/catalog.jsonld#{}", kind.plural())),
        "dct:title": in_six(|language| heading(language, kind)),
        "dct:description": in_six(described),
        "dct:publisher": {"@id": moment.url("/#publisher")},
        "dct:language": languages(moment),
        "dct:modified": modified(moment),
        "dct:accessRights": {"@id": format!("{AUTHORITY}/access-right/PUBLIC"), "@type": "dct:RightsStatement"},
        "dct:accrualPeriodicity": {"@id": format!("{AUTHORITY}/frequency/CONT"), "@type": "dct:Frequency"},
        "dcat:theme": [{"@id": format!("{AUTHORITY}/data-theme/JUST")}, {"@id": format!("{AUTHORITY}/data-theme/GOVE")}],
        "dcat:keyword": KEYWORDS.map(|(language, word)| json!({"@language": language, "@value": word})),
        "dcat:landingPage": {"@id": moment.url("/"), "@type": "foaf:Document"},
        "dcat:distribution": distributions,
    });
    if let (Some(contact), Value::Object(members)) = (contact(moment), &mut dataset) {
        members.insert("dcat:contactPoint".to_owned(), contact);
    }
    dataset
}

fn service(moment: &Moment) -> Value {
    let datasets: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| json!({"@id": moment.url(&format!("/catalog.jsonld#{}", kind.plural()))}))
        .collect();
    let mut service = json!({
        "@id": moment.url("/graphql#service"),
        "@type": "dcat:DataService",
        "dct:title": [{"@language": "en", "@value": "GraphQL"}],
        "dct:description": [{"@language": "en", "@value": "Every record, filtered, searched, counted and followed, by GraphQL over HTTP."}],
        "dct:publisher": {"@id": moment.url("/#publisher")},
        "dcat:endpointURL": {"@id": moment.url("/graphql")},
        "dcat:endpointDescription": {"@id": moment.url("/graphiql")},
        "dct:accessRights": {"@id": format!("{AUTHORITY}/access-right/PUBLIC"), "@type": "dct:RightsStatement"},
        "dcat:servesDataset": datasets,
    });
    licensed(&mut service, moment);
    service
}

fn publisher(moment: &Moment) -> Value {
    let instance = &moment.hub.config().instance;
    json!({"@id": moment.url("/#publisher"), "@type": "foaf:Agent", "foaf:name": instance.name})
}

fn contact(moment: &Moment) -> Option<Value> {
    let instance = &moment.hub.config().instance;
    let contact = instance.contact.as_deref().filter(|contact| !contact.is_empty())?;
    let mut card = Map::new();
    card.insert("@type".to_owned(), "vcard:Kind".into());
    card.insert("vcard:fn".to_owned(), instance.name.as_str().into());
    if contact.starts_with("http://") || contact.starts_with("https://") {
        card.insert("vcard:hasURL".to_owned(), json!({"@id": contact}));
    } else if contact.contains('@') && !contact.contains(char::is_whitespace) {
        card.insert("vcard:hasEmail".to_owned(), json!({"@id": format!("mailto:{contact}")}));
    } else {
        card.insert("vcard:note".to_owned(), contact.into());
    }
    Some(Value::Object(card))
}

/// With the licence that the instance names.
fn licensed(of: &mut Value, moment: &Moment) {
    let licence = moment.hub.config().instance.licence.as_deref().filter(|licence| !licence.is_empty());
    if let (Some(licence), Value::Object(members)) = (licence, of) {
        members.insert("dct:license".to_owned(), json!({"@id": licence, "@type": "dct:LicenseDocument"}));
    }
}

fn heading(language: &str, kind: Kind) -> String {
    texts::say(language, &format!("feed-{}", kind.plural()), None)
}

fn in_six(say: impl Fn(&str) -> String) -> Vec<Value> {
    texts::LANGUAGES.iter().map(|language| json!({"@language": language, "@value": say(language)})).collect()
}

/// The languages of the records: those of the hub, and the six in which the lists of codes are.
fn languages(moment: &Moment) -> Vec<Value> {
    let own = moment.hub.languages().iter().map(LanguageTag::primary);
    let mut codes: Vec<&str> = Vec::new();
    for tag in own.chain(texts::LANGUAGES) {
        let known = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(tag));
        codes.extend(known.map(|(_, code)| *code).filter(|code| !codes.contains(code)));
    }
    codes
        .iter()
        .map(|code| json!({"@id": format!("{AUTHORITY}/language/{code}"), "@type": "dct:LinguisticSystem"}))
        .collect()
}

fn modified(moment: &Moment) -> Value {
    let at = super::pieces::time(moment.changed_at().div_euclid(1000));
    json!({"@type": "xsd:dateTime", "@value": at})
}
