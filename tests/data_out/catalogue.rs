//! `/catalog.jsonld`, as DCAT-AP 3.0 asks for it.

use serde_json::Value;

use crate::hub::Served;

fn has_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|texts| {
        !texts.is_empty()
            && texts.iter().all(|text| {
                text["@language"].is_string() && text["@value"].as_str().is_some_and(|text| !text.is_empty())
            })
    })
}

fn address(value: &Value) -> &str {
    value["@id"].as_str().unwrap_or_else(|| panic!("no address: {value}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_has_every_mandatory_property() {
    let served = Served::start().await;
    let answer = served.get("/catalog.jsonld").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/ld+json"));
    let catalogue: Value = serde_json::from_str(&answer.text()).unwrap();
    for (prefix, namespace) in [
        ("dcat", "http://www.w3.org/ns/dcat#"),
        ("dct", "http://purl.org/dc/terms/"),
        ("foaf", "http://xmlns.com/foaf/0.1/"),
    ] {
        assert_eq!(catalogue["@context"][prefix], namespace);
    }
    assert_eq!(catalogue["@type"], "dcat:Catalog");
    assert!(has_texts(&catalogue["dct:title"]) && has_texts(&catalogue["dct:description"]));
    assert_eq!(catalogue["dct:publisher"]["@type"], "foaf:Agent");
    assert!(catalogue["dct:publisher"]["foaf:name"].is_string());
    let datasets = catalogue["dcat:dataset"].as_array().unwrap();
    assert_eq!(datasets.len(), 5);
    for dataset in datasets {
        assert_eq!(dataset["@type"], "dcat:Dataset");
        assert!(has_texts(&dataset["dct:title"]) && has_texts(&dataset["dct:description"]));
        assert_eq!(dataset["dct:title"].as_array().unwrap().len(), 6);
        assert_eq!(address(&dataset["dct:publisher"]), address(&catalogue["dct:publisher"]));
        let distributions = dataset["dcat:distribution"].as_array().unwrap();
        assert_eq!(distributions.len(), 4);
        for distribution in distributions {
            assert_eq!(distribution["@type"], "dcat:Distribution");
            let path = address(&distribution["dcat:accessURL"]).strip_prefix(&served.coordinator.base).unwrap();
            let status = served.ask("HEAD", path, &[("accept", "*/*")]).await.status;
            assert!(status == 200 || path == "/graphql", "{path}: {status}");
            assert!(address(&distribution["dct:format"]).contains("/authority/file-type/"));
            assert!(address(&distribution["dcat:mediaType"]).contains("/media-types/"));
        }
    }
    let service = &catalogue["dcat:service"];
    assert_eq!(service["@type"], "dcat:DataService");
    assert!(has_texts(&service["dct:title"]) && address(&service["dcat:endpointURL"]).ends_with("/graphql"));
    assert_eq!(service["dcat:servesDataset"].as_array().unwrap().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_prefix_that_is_used_is_declared() {
    fn used(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| *name != "@context") {
                    found.extend(name.split_once(':').map(|(prefix, _)| prefix.to_owned()));
                    if name == "@type" {
                        let types = value.as_str().and_then(|text| text.split_once(':'));
                        found.extend(types.map(|(prefix, _)| prefix.to_owned()).filter(|prefix| prefix != "http"));
                    }
                    used(value, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| used(item, found)),
            _ => {}
        }
    }
    let served = Served::start().await;
    let catalogue: Value = serde_json::from_str(&served.get("/catalog.jsonld").await.text()).unwrap();
    let mut found = Vec::new();
    used(&catalogue, &mut found);
    assert!(found.len() > 100);
    for prefix in found {
        assert!(catalogue["@context"][&prefix].is_string(), "{prefix}");
    }
}
