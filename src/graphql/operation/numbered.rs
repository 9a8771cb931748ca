//! Pages of what is kept in the store under a number, newest first: a cursor is the number.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::graphql::lists::{PageInfo, Paging};

/// Which list: a cursor is one of its own list alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum List {
    /// Lines of the audit log.
    Audit,
    /// Applications for membership.
    Applications,
}

impl List {
    fn mark(self) -> char {
        match self {
            Self::Audit => 'L',
            Self::Applications => 'N',
        }
    }
}

/// Which part of a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) struct Numbered {
    /// Only numbers below this one.
    pub(in crate::graphql) below: Option<i32>,
    /// Only numbers above this one.
    pub(in crate::graphql) above: Option<i32>,
    /// From the lowest number up; then the page is turned round.
    pub(in crate::graphql) from_the_end: bool,
    list: List,
    first: Option<usize>,
    last: Option<usize>,
}

impl Numbered {
    /// The guard has judged the arguments, the cursors too.
    pub(in crate::graphql) fn of(list: List, paging: &Paging) -> Self {
        let cursor = |text: &Option<String>| text.as_deref().and_then(|cursor| read_cursor(list, cursor));
        let (first, last) = paging.sizes();
        Self {
            below: cursor(&paging.after),
            above: cursor(&paging.before),
            list,
            from_the_end: first.is_none(),
            first,
            last,
        }
    }

    /// How many rows to read: one more than the page, to know whether more follow.
    pub(in crate::graphql) fn wanted(&self) -> u64 {
        // `first` counts before `last`; one of them is always there.
        self.first.or(self.last).unwrap_or_default() as u64 + 1
    }

    /// The page of these rows, which were read in the order asked for.
    pub(in crate::graphql) fn page<T>(&self, mut rows: Vec<T>, number: impl Fn(&T) -> i32) -> NumberedPage<T> {
        let size = self.wanted() as usize - 1;
        let more = rows.len() > size;
        rows.truncate(size);
        if self.from_the_end {
            rows.reverse();
        }
        let (mut has_next, mut has_previous) = match self.from_the_end {
            true => (self.above.is_some(), more),
            false => (more, self.below.is_some()),
        };
        if let (false, Some(last)) = (self.from_the_end, self.last)
            && rows.len() > last
        {
            rows.drain(..rows.len() - last);
            has_previous = true;
        }
        has_next |= self.above.is_some() && !self.from_the_end;
        has_previous |= self.below.is_some();
        let cursor = |row: Option<&T>| row.map(|row| write_cursor(self.list, number(row)));
        let info = PageInfo {
            has_next_page: has_next,
            has_previous_page: has_previous,
            start_cursor: cursor(rows.first()),
            end_cursor: cursor(rows.last()),
        };
        NumberedPage { rows, info }
    }
}

/// A page as it is answered.
pub(in crate::graphql) struct NumberedPage<T> {
    pub(in crate::graphql) rows: Vec<T>,
    pub(in crate::graphql) info: PageInfo,
}

/// The cursor of a number.
pub(in crate::graphql) fn write_cursor(list: List, number: i32) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}{number}", list.mark()))
}

/// The number of a cursor of this list; none for anything else.
pub(in crate::graphql) fn read_cursor(list: List, cursor: &str) -> Option<i32> {
    if cursor.len() > 32 {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(list.mark())?.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cursor(number: i32) -> String {
        write_cursor(List::Audit, number)
    }

    #[test]
    fn a_cursor_of_another_list_or_a_broken_one_is_none() {
        assert_eq!(read_cursor(List::Audit, &cursor(7)), Some(7));
        assert_eq!(read_cursor(List::Applications, &cursor(7)), None);
        assert_eq!(read_cursor(List::Audit, "x"), None);
    }

    fn paging(first: Option<i32>, after: Option<i32>, last: Option<i32>, before: Option<i32>) -> Paging {
        Paging { first, after: after.map(cursor), last, before: before.map(cursor) }
    }

    /// Numbers 10 down to 1, read as the store does.
    fn page(paging: &Paging) -> (Vec<i32>, bool, bool) {
        let asked = Numbered::of(List::Audit, paging);
        let mut rows: Vec<i32> = (1..=10).rev().collect();
        rows.retain(|row| asked.below.is_none_or(|below| *row < below) && asked.above.is_none_or(|above| *row > above));
        if asked.from_the_end {
            rows.reverse();
        }
        rows.truncate(asked.wanted() as usize);
        let page = asked.page(rows, |row| *row);
        (page.rows, page.info.has_next_page, page.info.has_previous_page)
    }

    #[test]
    fn a_page_goes_forward_from_a_cursor_and_back_from_another() {
        assert_eq!(page(&paging(Some(3), None, None, None)), (vec![10, 9, 8], true, false));
        assert_eq!(page(&paging(Some(3), Some(8), None, None)), (vec![7, 6, 5], true, true));
        assert_eq!(page(&paging(Some(9), Some(8), None, None)), (vec![7, 6, 5, 4, 3, 2, 1], false, true));
        assert_eq!(page(&paging(None, None, Some(3), None)), (vec![3, 2, 1], false, true));
        assert_eq!(page(&paging(None, None, Some(3), Some(5))), (vec![8, 7, 6], true, true));
        assert_eq!(page(&paging(None, None, Some(3), Some(9))), (vec![10], true, false));
    }
}
