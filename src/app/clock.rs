//! The clock of this computer: the only place in the window that looks at it for a date.

use jiff::civil::Date;

/// Today.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}
