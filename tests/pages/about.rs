//! What is asked of these pages (src/pages/about).
