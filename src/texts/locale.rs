//! Dates, numbers and lists as the six languages write them (CLDR, through ICU4X). Arabic is written with the digits of
//! Morocco and Tunisia.

use std::{collections::HashMap, sync::LazyLock};

use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{YM, YMD},
    input,
};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_list::{ListFormatter, options::ListFormatterOptions};
use icu_locale_core::{Locale, locale};
use jiff::civil::Date;

use super::LANGUAGES;

type Days = FixedCalendarDateTimeFormatter<Gregorian, YMD>;
type Months = FixedCalendarDateTimeFormatter<Gregorian, YM>;

struct Formats {
    days: Option<Days>,
    months: Option<Months>,
    numbers: Option<DecimalFormatter>,
    lists: Option<ListFormatter>,
}

fn locale_of(language: &str) -> Locale {
    match language {
        "ar" => locale!("ar-MA"),
        "zh" => locale!("zh"),
        "fr" => locale!("fr"),
        "ru" => locale!("ru"),
        "es" => locale!("es"),
        // Day before month, as the pages of the United Nations write it.
        _ => locale!("en-GB"),
    }
}

static FORMATS: LazyLock<HashMap<&'static str, Formats>> = LazyLock::new(|| {
    let formats = |language: &'static str| {
        let locale = locale_of(language);
        let formats = Formats {
            days: Days::try_new((&locale).into(), YMD::long()).ok(),
            months: Months::try_new((&locale).into(), YM::long()).ok(),
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
            lists: ListFormatter::try_new_and((&locale).into(), ListFormatterOptions::default()).ok(),
        };
        (language, formats)
    };
    LANGUAGES.into_iter().map(formats).collect()
});

fn of(language: &str) -> Option<&'static Formats> {
    FORMATS.get(language)
}

/// `21 November 2026`.
pub fn day(language: &str, date: Date) -> String {
    let of_calendar = || {
        let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
        input::Date::try_new_gregorian(i32::from(date.year()), month, day).ok()
    };
    let said = of(language).and_then(|formats| formats.days.as_ref()).zip(of_calendar());
    said.map_or_else(|| date.to_string(), |(days, date)| days.format(&date).to_string())
}

/// `November 2026`.
pub fn month(language: &str, date: Date) -> String {
    let of_calendar = || input::Date::try_new_gregorian(i32::from(date.year()), date.month().unsigned_abs(), 1).ok();
    let said = of(language).and_then(|formats| formats.months.as_ref()).zip(of_calendar());
    said.map_or_else(|| date.to_string(), |(months, date)| months.format(&date).to_string())
}

/// `20,193`, `20 193`.
pub fn number(language: &str, number: i64) -> String {
    let numbers = of(language).and_then(|formats| formats.numbers.as_ref());
    numbers.map_or_else(|| number.to_string(), |numbers| numbers.format(&Decimal::from(number)).to_string())
}

/// `a, b and c`.
pub fn list(language: &str, items: &[String]) -> String {
    let lists = of(language).and_then(|formats| formats.lists.as_ref());
    lists.map_or_else(|| items.join(", "), |lists| lists.format(items.iter().map(String::as_str)).to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_readers_write_it() {
        let date = Date::new(2026, 11, 21).unwrap();
        let said: Vec<String> = LANGUAGES.into_iter().map(|language| day(language, date)).collect();
        assert_eq!(
            said,
            [
                "21 November 2026",
                "21 novembre 2026",
                "21 de noviembre de 2026",
                "21 نونبر 2026",
                "2026年11月21日",
                "21 ноября 2026\u{202f}г."
            ]
        );
        assert_eq!(month("en", date), "November 2026");
    }

    #[test]
    fn numbers_and_lists_are_those_of_the_language() {
        assert_eq!(number("en", 20_193), "20,193");
        assert_eq!(number("fr", 20_193), "20\u{202f}193");
        assert_eq!(number("ar", 7), "7");
        let items = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
        assert_eq!(list("en", &items), "a, b and c");
        assert_eq!(list("zh", &items), "a、b和c");
    }
}
