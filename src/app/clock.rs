//! The clock of this computer: the only place in the window that looks at it for a date.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Today.
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Now, in coordinated universal time.
pub fn utc() -> DateTime {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).datetime()
}
