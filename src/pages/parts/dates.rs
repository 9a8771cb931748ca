//! Days as records state them: a year, a month or a day, and from one to another.

use maud::{Markup, html};

use super::super::visit::Visit;
use crate::{
    record::{Event, PartialDate},
    texts::locale,
};

/// A day of a record, as exact as it says, with the same for programs.
pub(in crate::pages) fn day(visit: &Visit, date: PartialDate) -> Markup {
    html! { time datetime=(date) { (visit.partial_day(date)) } }
}

/// From one day to another: one of the two may be missing, or be the same.
pub(in crate::pages) fn between(visit: &Visit, from: Option<PartialDate>, to: Option<PartialDate>) -> Markup {
    match (from, to) {
        (Some(from), Some(to)) if from != to => match within_month(visit.language, from, to) {
            Some(days) => html! { time datetime=(from) { (days) } },
            None => {
                let parts = [("from", day(visit, from).into()), ("to", day(visit, to).into())];
                html! { span.when { (visit.tell("date-between", &parts)) } }
            }
        },
        (Some(one), _) => day(visit, one),
        (None, Some(to)) => visit.tell("date-until", &[("to", day(visit, to).into())]),
        (None, None) => html! { (visit.say("date-not-stated")) },
    }
}

/// Days of one month name it once: `7–8 December 2022`.
fn within_month(language: &str, from: PartialDate, to: PartialDate) -> Option<String> {
    let (first, last) = (from.day?, to.day?);
    if (from.year, from.month) != (to.year, to.month) {
        return None;
    }
    if language == "zh" {
        return Some(format!("{}至{last}日", locale::day(language, from.first_day())));
    }
    // The others begin with the day.
    let whole = locale::day(language, to.first_day());
    whole.strip_prefix(&last.to_string()).map(|rest| format!("{first}–{last}{rest}"))
}

/// When an event takes place.
pub(in crate::pages) fn of_event(visit: &Visit, event: &Event) -> Markup {
    between(visit, event.starts_on, event.ends_on)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::texts::LANGUAGES;

    #[test]
    fn days_of_one_month_name_it_once() {
        let (from, to) = (PartialDate::parse("2022-12-07").unwrap(), PartialDate::parse("2022-12-08").unwrap());
        let said: Vec<String> = LANGUAGES.iter().map(|language| within_month(language, from, to).unwrap()).collect();
        assert_eq!(
            said,
            [
                "7–8 December 2022",
                "7–8 décembre 2022",
                "7–8 de diciembre de 2022",
                "7–8 دجنبر 2022",
                "2022年12月7日至8日",
                "7–8 декабря 2022\u{202f}г."
            ]
        );
        assert_eq!(within_month("en", from, PartialDate::parse("2023-01-02").unwrap()), None);
        assert_eq!(within_month("en", PartialDate::parse("2022-12").unwrap(), to), None);
    }
}
