//! What is asked of these pages (src/pages/reading).

mod html;
mod lists;
mod records;
