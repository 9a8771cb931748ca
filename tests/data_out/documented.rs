//! What docs/DATA.md says: every address of its examples is answered, every column and name stands there.

use nmirf_hub::{
    address::Name,
    record::Kind,
    table::{Shape, columns},
};

use crate::hub::Served;

const PAGE: &str = include_str!("../../docs/DATA.md");

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_examples_is_answered() {
    let served = Served::start().await;
    let addresses: Vec<&str> = PAGE.split("$HUB").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(addresses.len() >= 8, "{addresses:?}");
    for address in addresses {
        let answer = served.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        assert!(!answer.body.is_empty());
    }
}

#[test]
fn every_column_and_every_name_stands_there() {
    for kind in Kind::ALL {
        let row = PAGE.lines().find(|line| line.starts_with(&format!("| {} | `", kind.plural()))).unwrap();
        for column in columns(kind) {
            let written = if column.shape == Shape::Texts {
                format!("`{}_…`", column.name)
            } else {
                format!("`{}`", column.name)
            };
            assert!(row.contains(&written), "{}: {written}", kind.plural());
        }
    }
    for name in Name::ALL {
        assert!(PAGE.contains(&format!("`{}`", name.as_str())), "{}", name.as_str());
    }
}
