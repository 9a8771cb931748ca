use crate::catalog::cursor;
use crate::catalog::dimension::canonical;
use crate::catalog::order::{Direction, Order};
use crate::catalog::sharded::Sharded;
use crate::record::{Kind, RecordKey};

#[test]
fn a_sharded_map_keeps_its_entries_while_it_grows_and_its_clones_stay() {
    let mut map: Sharded<u32, u32> = Sharded::default();
    for key in 0..1000 {
        map.insert(key, key);
    }
    let before = map.clone();
    for key in 0..500 {
        map.remove(&key);
    }
    map.insert(700, 0);
    assert_eq!((map.len(), map.get(&3), map.get(&700)), (500, None, Some(&0)));
    assert_eq!((before.len(), before.get(&3), before.get(&700)), (1000, Some(&3), Some(&700)));
    assert_eq!(map.iter().count(), 500);
}

#[test]
fn language_tags_have_one_form() {
    for (written, form) in [("EN", "en"), ("pt-br", "pt-BR"), ("ZH-HANT-tw", "zh-Hant-TW"), ("en-x-TW", "en-x-tw")] {
        assert_eq!(canonical(written), form);
    }
}

#[test]
fn a_cursor_gives_back_what_it_was_made_of() {
    use cursor::CursorValue::{NotStated, Number, Text};
    for (order, value) in [(Order::Year, NotStated), (Order::Year, Number(-3)), (Order::Symbol, Text("A/é".into()))] {
        let key = RecordKey(7 << 100);
        let text = cursor::encode(Kind::Document, order, Direction::Descending, &value, key);
        assert_eq!(cursor::decode(&text, Kind::Document, order, Direction::Descending), Ok((value, key)));
    }
}
